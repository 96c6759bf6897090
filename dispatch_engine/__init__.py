"""The domain and the application: technicians, calls, visits, stock, contracts, travel times and the command line.

Import what is needed from the module that defines it; this package imports none of them.
"""

__version__ = "0.1.0"
