"""Writes to second ratings."""
