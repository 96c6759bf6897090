"""The whole problem as one CP-SAT model: the readable statement of ``docs/model.md``, solved to proven optimality.

A circuit per shift through visits and the other stops that it may make, a start for each, pieces of parts as integers,
and one function per rule and per term of the cost. Rules that a problem does not use add nothing. It is the oracle
that the search is held against, and an answer in itself for problems of about ten visits. It shares no code with
``solver.schedule``. OR-Tools is loaded when a model is built, not on import.
"""

from solver.exact.solve import ExactResult, solve_exact

__all__ = ["ExactResult", "solve_exact"]
