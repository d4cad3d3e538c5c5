"""What becomes of answers when an assessment moves to another version of its question set. No queries, no writes."""
