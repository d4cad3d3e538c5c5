"""Question sets of other shapes than the Internet Society's, through everything there is."""
