"""The progress line tells what a planner watches, on a terminal only."""

from dataclasses import dataclass
from decimal import Decimal

import pytest

from dispatch_engine.cli.progress import figures, search_progress


@dataclass(frozen=True)
class At:
    cost: Decimal = Decimal("12345.678")
    unplanned: int = 2
    iterations: int = 40_000
    iterations_per_s: float = 20_000.4
    elapsed_s: float = 2.0


def test_the_line_tells_cost_unplanned_calls_and_speed() -> None:
    assert figures(At(), "CLP") == "cost 12,345.68 CLP  unplanned 2  20,000 it/s"


def test_nothing_is_printed_where_stderr_is_no_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with search_progress("CLP", 10.0) as show:
        show(At())
    assert capfd.readouterr() == ("", "")


def test_a_terminal_sees_the_figures(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    with search_progress("CLP", 10.0) as show:
        show(At())
    assert "12,345.68 CLP" in capfd.readouterr().err
