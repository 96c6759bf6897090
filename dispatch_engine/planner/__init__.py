"""The planner: the only place that translates documents to the solver's arrays and back.

`frame` numbers the things of a document; `shifts`, `visits` and what they use make the arrays; `translate` puts them
together; `search` runs the solver and its checker; `answer`, `routes` and `unplanned` write the plan document.
"""

from dispatch_engine.planner.options import EffectiveOptions, PlanOptions, effective_options
from dispatch_engine.planner.run import plan

__all__ = ["EffectiveOptions", "PlanOptions", "effective_options", "plan"]
