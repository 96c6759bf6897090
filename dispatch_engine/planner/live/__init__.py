"""The plan of a live board: mended at once when something happens, made cheaper while nothing does.

`running` is the plan that is in effect; `planner` begins, mends and improves it; `judging` prices, checks and writes
what was found. Importing the package loads no kernels.
"""

from dispatch_engine.planner.live.planner import LivePlanner
from dispatch_engine.planner.live.running import RunningPlan

__all__ = ["LivePlanner", "RunningPlan"]
