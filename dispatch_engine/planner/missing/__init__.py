"""For want of which parts calls stay unplanned: who has them, what each way to get them would cost, what to change.

Everything that is said is proven by forcing the call into the plan, as it is or with the change made
(``solver.forcing``). What is tried is bounded by rules that are stated where they stand, never by the clock.
"""
