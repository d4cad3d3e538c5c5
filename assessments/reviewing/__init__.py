"""An independent review: what the reviewer says of each item, what the organiser replies, and the signature."""
