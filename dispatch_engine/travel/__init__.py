"""Travel times between places, from roads, an OSRM server, a given matrix or the crow's flight.

`source` holds the protocol and the values that every source shares; each source is a module of its own:
`road`, `osrm`, `given`, `geodesic`. Import from the module that defines what is needed: this package
imports none of them, so that the command line starts without scipy and shapely.
"""
