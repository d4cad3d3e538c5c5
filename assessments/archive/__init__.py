"""The open archive of one assessment: everything needed to read, keep, move and re-compute it."""
