"""A Dask cluster as a place for work: its scheduler hands out tasks, and begins anew those whose worker has gone.

Workers need this version of the engine, and the files that documents name, such as road networks, at the same paths.

References
----------
Rocklin (2015), "Dask: parallel computation with blocked algorithms and task scheduling".
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dispatch_engine import __version__
from dispatch_engine.scale_out.errors import ClusterUnfitError, ExtraMissingError, SchedulerUnreachableError
from dispatch_engine.scale_out.pool import Pool
from dispatch_engine.scale_out.shared import OnCluster, new_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

CONNECT_S = 20.0
"""For so long the scheduler is asked for an answer, and then for a worker."""


@contextmanager
def cluster_pool(address: str) -> Iterator[Pool]:
    """Open a cluster; at the end of the block what is under way is called off, and the cluster goes on without us.

    Parameters
    ----------
    address
        Of the scheduler, as host:port.

    Raises
    ------
    ExtraMissingError
        Dask is not installed.
    SchedulerUnreachableError
        Nobody answers there, or no worker has come.
    ClusterUnfitError
        The workers have no engine, or another version of it.
    """
    client = _connected(address)
    try:
        _require_workers(client, address)
        executor, size = client.get_executor(pure=False), sum(client.nthreads().values())
        with _sharing(client) as share:
            yield Pool(executor, size, _is_worker_lost, share)
    finally:
        client.close()


def engine_version() -> str:
    """Return the version of the engine where this is called."""
    return __version__


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise ExtraMissingError("dask") from error
    try:
        connect: Callable[..., Any] = Client
        return connect(f"tcp://{address}", timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SchedulerUnreachableError(address, f"no scheduler answers ({error})") from error


def _require_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_S)
    except TimeoutError as error:
        raise SchedulerUnreachableError(address, "the scheduler has no workers") from error
    try:
        versions = set(client.run(engine_version).values())  # asks all, also those that are busy
    except Exception as error:
        raise ClusterUnfitError(address, f"they cannot load it ({type(error).__name__}: {error})") from error
    others = versions - {__version__}
    if others:
        raise ClusterUnfitError(address, f"they have version {', '.join(sorted(others))}")


def _is_worker_lost(error: BaseException) -> bool:
    from distributed import KilledWorker

    return isinstance(error, KilledWorker)


@contextmanager
def _sharing(client: Any) -> Iterator[Callable[[Any], OnCluster[Any]]]:
    """Send values to every worker, so that one which is lost takes none along; at the end of the block they go."""
    names: list[str] = []

    def share(value: Any) -> OnCluster[Any]:
        (future,) = client.scatter([value], broadcast=True, hash=False)
        names.append(new_key())
        client.publish_dataset(future, name=names[-1])
        return OnCluster(names[-1])

    try:
        yield share
    finally:
        for name in names:
            client.unpublish_dataset(name)
