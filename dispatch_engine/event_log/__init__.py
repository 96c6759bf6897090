"""The log of the live boards: appended to, never changed, chained by SHA-256, durable when an append returns.

`log.py` states what every log does; `opening.py` opens the one that a URL names. It knows what an entry is, not what
its events mean.
"""
