"""Many pieces of work at once: on threads, in processes of this machine or on a Dask cluster, by one way of asking."""
