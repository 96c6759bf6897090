"""The `dispatch` command line: one module a command, and no business rule.

`dispatch --help` has to answer at once, so the modules here import only typer, rich and the standard library at the
top; what a command needs of the engine is imported inside it.
"""
