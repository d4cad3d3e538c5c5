"""Stakeholder panels: every write to waves, links, sheets and urns."""
