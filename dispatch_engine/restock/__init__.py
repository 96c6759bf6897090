"""What vans are loaded with: the pick list of a night, and loadouts from what was used before.

`picking` follows a plan day by day and hands out what the stock locations have; `advising` recommends loadouts from a
history of use. Both answer with a document of `documents`, which `writing` puts into the forms that people read.
"""
