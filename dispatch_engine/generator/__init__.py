"""Sample days: a made-up refrigeration, lift and boiler service company on the streets of a real network.

`settings` says what to make, `draw` is the only source of chance, `sites`, `arrivals` and `kinds` say where, when and
what fails, `crew` and `company` who is sent at which prices, `generate` puts the document together. Each number here
has its source beside it or is illustrative; `data/README.md` tells which.
"""
