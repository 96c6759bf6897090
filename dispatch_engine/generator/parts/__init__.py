"""Sample days on which parts decide: numbers by make of machine, causes of faults, vans, stock locations, meetings.

`roles` says what a part does in a machine, `causes` what a kind of work uses, `catalogue` makes part numbers of it,
`needs`, `vans` and `locations` dress calls, crew and city with them, `dressed` puts the document together. All numbers
are illustrative; `data/README.md` tells them.
"""
