"""Demonstration data: case studies of the paper, and an invented process."""
