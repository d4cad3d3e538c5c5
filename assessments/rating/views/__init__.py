"""The pages of a second rating."""
