"""Proven lower bounds on the cost of every plan: `quick` at once, from each visit by itself.

Import the module that defines what you need; this package defines nothing.
"""
