"""What two results have in common, and rounds of one process: for comparisons and for results of a later round."""
