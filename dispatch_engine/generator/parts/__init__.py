"""Sample days on which parts decide: numbers by make of machine, causes of faults, vans, stock locations, meetings.

`roles` says what a part does in a machine and `causes` what a kind of work uses; `numbering` makes a `catalogue` of
part numbers of it. `needs`, `vans`, `locations` (of `profiles`) and `ordered` dress calls, crew and city with them,
`dressed` puts the document together. All numbers are illustrative; `data/README.md` tells them.
"""
