"""Figures for Prometheus."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from prometheus_client import Metric

BUCKETS_S = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.06, 0.12, 0.25, 0.5, 1, 2.5, 10, 60)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The figures of one application; each has a registry of its own, so that several can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.in_flight = Gauge("dispatch_requests_in_flight", "Requests being answered", registry=self.registry)
        self._answers = Counter(
            "dispatch_requests_total", "Answered requests", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "dispatch_request_seconds",
            "From a request to the beginning of its answer",
            ("method", "route"),
            buckets=BUCKETS_S,
            registry=self.registry,
        )

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answer. ``route`` is the template of the path, so that ids do not multiply the figures."""
        named = method if method in METHODS else "other"
        self._answers.labels(named, route, str(status)).inc()
        self._seconds.labels(named, route).observe(seconds)

    def watch(self, name: str, meaning: str, value: Callable[[], float]) -> None:
        """Add a figure that is asked for when it is read."""
        Gauge(name, meaning, registry=self.registry).set_function(value)

    def watch_many(self, figures: Callable[[], Iterable[Figure]]) -> None:
        """Add figures that are asked for, all together, when they are read."""
        self.registry.register(_Watched(figures))

    def text(self) -> bytes:
        """Return all figures in the text format of Prometheus."""
        return generate_latest(self.registry)


@dataclass(frozen=True)
class Figure:
    """A figure of several things.

    Attributes
    ----------
    name, meaning
        Of the figure.
    labels
        The names of what tells the things apart.
    values
        The labels of each thing, and its value.
    """

    name: str
    meaning: str
    labels: tuple[str, ...]
    values: Sequence[tuple[tuple[str, ...], float]]


class _Watched(Collector):
    """Asks for figures when they are read."""

    def __init__(self, figures: Callable[[], Iterable[Figure]]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        for figure in self._figures():
            family = GaugeMetricFamily(figure.name, figure.meaning, labels=figure.labels)
            for labels, value in figure.values:
                family.add_metric(labels, value)
            yield family
