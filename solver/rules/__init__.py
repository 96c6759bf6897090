"""The rules, one file each: what is hard, what it costs, and the reason code when it fails.

A rule on the pair of a visit and a technician is worked out once for all pairs (``failing``, ``ticks``). A rule on
what happens along a route is a kernel that ``solver.schedule`` calls. Semantics: ``docs/model.md``.
"""
