"""Whether a PDF is genuine and current, from what it carries and what is stored here."""
