"""Proven lower bounds on the cost of every plan.

`quick` has one at once, from each visit by itself. `column_generation` has a much higher one that takes its time: a
linear program over routes (`master_lp`) says what each visit is worth, and for each shift a pricer (`pricing`, with
`label`, `dominance`, `outlook` and `stepping`) proves how cheap a route can be then. Import the module that defines
what you need.
"""
