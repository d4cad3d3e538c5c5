"""Two to ten rounds of one process side by side, by the method's rule."""
