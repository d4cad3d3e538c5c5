"""What those who were asked get back: how things stand after the closing, and the public part of the result."""
