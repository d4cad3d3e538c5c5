"""What respondents read around the questions, in their own language: one file of words for each."""
