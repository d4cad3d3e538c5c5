"""The quick check: one item of every question, without an account and without evidence. It shows what is claimed."""
