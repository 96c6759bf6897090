"""What can go wrong with handing out work, apart from the work itself.

DispatchError
└── ScaleOutError                scale_out
    ├── ExecutorUnknownError     executor_unknown
    ├── ExtraMissingError        executor_extra_missing
    ├── SchedulerUnreachableError  scheduler_unreachable
    ├── ClusterUnfitError        cluster_unfit
    └── WorkLostError            work_lost
"""

from __future__ import annotations

from dispatch_engine.errors import DispatchError


class ScaleOutError(DispatchError):
    """Work cannot be handed out."""

    code = "scale_out"


class ExecutorUnknownError(ScaleOutError):
    """What is named as the place for the work is none."""

    code = "executor_unknown"

    def __init__(self, text: str, wanted: str) -> None:
        super().__init__(f"{text!r} does not say where work is done; it is {wanted}", value=text, advice=_ADVICE)


class ExtraMissingError(ScaleOutError):
    """What the place for the work needs is not installed."""

    code = "executor_extra_missing"

    def __init__(self, extra: str) -> None:
        super().__init__(
            f"work on {extra} needs what the extra {extra!r} installs",
            value=extra,
            advice=f"Maybe install it: pip install 'dispatch-engine[{extra}]'.",
        )


class SchedulerUnreachableError(ScaleOutError):
    """The scheduler of the cluster does not answer, or it has no workers."""

    code = "scheduler_unreachable"

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"the cluster at {address} takes no work: {reason}",
            value=address,
            advice="Maybe the address is misspelt, or its workers are not started yet.",
        )


class ClusterUnfitError(ScaleOutError):
    """The workers of the cluster do not have this version of the engine."""

    code = "cluster_unfit"

    def __init__(self, address: str, reason: str) -> None:
        super().__init__(
            f"the workers at {address} do not have this version of the engine: {reason}",
            value=address,
            advice="Maybe install the same dispatch-engine where they run, and start them again.",
        )


class WorkLostError(ScaleOutError):
    """The processes that did a piece of work ended before it was done, as often as it was tried."""

    code = "work_lost"

    def __init__(self, attempts: int) -> None:
        super().__init__(
            f"the process that did the work ended before it was done, {attempts} times in a row",
            value=attempts,
            advice="Maybe there is too little memory: try fewer at a time, or a smaller document.",
        )


_ADVICE = "Maybe threads:2 was meant."
