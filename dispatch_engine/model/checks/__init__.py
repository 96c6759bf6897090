"""What must hold between the fields of a problem document: one small check a module or function."""
