"""The search: ruin and recreate under simulated annealing, compiled.

Slack induction by string removals (Christiaens & Vanden Berghe 2020, "Slack induction by string removals for vehicle
routing problems", Transportation Science 54). Every accepted route is kept as a column for ``solver.master``.
"""
