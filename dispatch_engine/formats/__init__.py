"""Reading and writing documents: files, standard input and output, JSON."""
