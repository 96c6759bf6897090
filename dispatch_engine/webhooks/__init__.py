"""Webhooks: every revision of a board, signed and in order, to the programs that asked for it.

`hook` is what is kept, `store` and `sql_store` where, `addresses` which URLs may be called, `signing` how a receiver
knows the sender, `sending` one attempt, `deliverer` the thread that tries until it works, `registry` what people ask.
"""
