"""Long work that is asked for, watched, fetched and called off by id."""
