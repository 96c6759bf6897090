"""How a problem is laid out in the kernels' tables: lists, supplies, a row for each stop, a row for each shift."""
