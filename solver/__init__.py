"""A pure optimisation core: integers and numpy arrays in, a checked solution out.

It knows no clock, file, socket or web framework, and nothing of technicians or calls as documents. Import what is
needed from the module that defines it; this package imports none of them, so that using one never loads OR-Tools.
"""
