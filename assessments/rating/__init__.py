"""A second person rates the same evidence without seeing the level; then both are revealed, and a consensus is made."""
