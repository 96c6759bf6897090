"""OR-Tools' routing library as a peer."""
