"""A second person rates the same evidence without seeing the levels, and both agree where they differ (method 3.14)."""
