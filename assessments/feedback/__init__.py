"""What respondents get back: the public part of a result, replies to themes, and what is promised."""
