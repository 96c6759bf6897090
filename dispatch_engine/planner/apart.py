"""Regions of one large day, worked on by threads, processes or a cluster."""

from __future__ import annotations

import pickle
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.kernels import prepare
from dispatch_engine.planner.stopping import stop_after
from dispatch_engine.scale_out.run import run_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dispatch_engine.scale_out.pool import Pool
    from dispatch_engine.scale_out.run import Ending
    from dispatch_engine.scale_out.shared import Shared
    from solver.params import Params
    from solver.problem import Problem
    from solver.search.apart import Improved, Outpost, Piece

_kept = threading.local()
"""The outpost that a thread has worked with last, and the key of its problem."""


class PoolApart:
    """Has pieces of work done in a pool.

    Parameters
    ----------
    pool
        Where.
    problem, params
        What all pieces are pieces of; sent to each worker once.
    asked_to_stop
        Asked now and then; true ends what is under way.
    """

    def __init__(self, pool: Pool, problem: Problem, params: Params, asked_to_stop: Callable[[], bool] | None) -> None:
        self.size, self._pool, self._asked = pool.size, pool, asked_to_stop
        self._ground = pool.share((problem, params))

    def improve_all(
        self, pieces: Sequence[Piece], iterations: int | None, seconds: float | None
    ) -> Sequence[Improved | None]:
        """Do pieces with the same effort; None for what was called off.

        Raises
        ------
        ScaleOutError
            A piece was lost as often as it was tried.
        """
        tasks = [RegionTask(self._ground, pickle.dumps(piece), iterations, seconds) for piece in pieces]
        return [_result(ending) for ending in run_all(self._pool, tasks, None, self._asked)]


@dataclass(frozen=True)
class RegionTask:
    """A region to be improved: a task.

    Attributes
    ----------
    ground
        The problem and the settings of the search.
    piece
        The region and what it begins with, pickled: its class loads kernels, which are to be found in their folder.
    iterations, seconds
        When it ends, whichever comes first.
    """

    ground: Shared[tuple[Problem, Params]]
    piece: bytes
    iterations: int | None
    seconds: float | None

    def __call__(self, asked_to_stop: Callable[[], bool]) -> Improved:
        """Do it; asked to stop, it ends with what it has."""
        prepare()
        stop = stop_after(self.seconds, self.iterations, asked_to_stop)
        return _outpost(self.ground).improve(pickle.loads(self.piece), stop)


def _outpost(ground: Shared[tuple[Problem, Params]]) -> Outpost:
    """Return the outpost of a problem; a thread keeps the latest."""
    from solver.search.apart import Outpost

    if getattr(_kept, "key", None) != ground.key:
        _kept.outpost, _kept.key = Outpost(*ground.get()), ground.key
    outpost: Outpost = _kept.outpost
    return outpost


def _result(ending: Ending[Improved]) -> Improved | None:
    if ending.error is not None:
        raise ending.error
    return ending.result
