"""Second ratings."""
