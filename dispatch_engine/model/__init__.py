"""The documents: what a dispatcher states (problem) and what the engine answers (plan).

Import each model from the module that defines it; this package imports none of them.
"""
