"""What can go wrong with handing out work, apart from the work itself.

DispatchError
└── ScaleOutError                scale_out
    ├── ExecutorUnknownError     executor_unknown
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
