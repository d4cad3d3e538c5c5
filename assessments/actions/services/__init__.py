"""Writes to actions and decisions, and to what a person wants to hear of them."""
