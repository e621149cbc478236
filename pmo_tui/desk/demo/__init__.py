"""A believable portfolio to try the program on: the same seed gives the same data on the same day."""
