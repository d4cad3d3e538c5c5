"""Comments of stakeholders: read before they are shown, gathered by theme, replied to, chosen for everybody."""
