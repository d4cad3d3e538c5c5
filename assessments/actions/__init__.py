"""What was planned, what became of it, and what a board decided."""
