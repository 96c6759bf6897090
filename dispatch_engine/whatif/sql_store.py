"""Scenarios in a database, beside the log of the boards."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from dispatch_engine.event_log.sql.tables import scenarios
from dispatch_engine.whatif.errors import ScenarioExistsError, ScenarioNotKeptError
from dispatch_engine.whatif.reading import parse_scenario, scenario_text
from dispatch_engine.whatif.store import KeptScenario

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Row

    from dispatch_engine.event_log.sql.database import Database


class SqlScenarioStore:
    """Keeps scenarios in a database whose tables are as this version wants them; see ``ScenarioStore``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, scenario: KeptScenario) -> None:
        """Keep a new scenario; it is durable when this returns."""
        row = {
            "board": scenario.board,
            "id": scenario.id,
            "document": scenario_text(scenario.document).decode(),
            "created_at": scenario.created_at.isoformat(),
            "created_by": scenario.created_by,
            "comparison": scenario.comparison,
        }
        with self._database.writing() as connection:
            wanted = select(scenarios.c.id).where(_is(scenario.board, scenario.id))
            if connection.execute(wanted).one_or_none() is not None:
                raise ScenarioExistsError(scenario.id)
            connection.execute(insert(scenarios), row)

    def get(self, board: str, scenario: str) -> KeptScenario:
        """Return a scenario of a board."""
        with self._database.reading() as connection:
            row = connection.execute(select(scenarios).where(_is(board, scenario))).one_or_none()
        if row is None:
            raise ScenarioNotKeptError(board, scenario)
        return _kept(row)

    def all(self, board: str) -> list[KeptScenario]:
        """Return the scenarios of a board by id."""
        with self._database.reading() as connection:
            rows = connection.execute(select(scenarios).where(scenarios.c.board == board)).all()
        return sorted((_kept(row) for row in rows), key=lambda each: each.id)

    def remove(self, board: str, scenario: str) -> None:
        """Forget a scenario and its comparison."""
        with self._database.writing() as connection:
            if not connection.execute(delete(scenarios).where(_is(board, scenario))).rowcount:
                raise ScenarioNotKeptError(board, scenario)

    def keep_comparison(self, board: str, scenario: str, comparison: bytes) -> None:
        """Keep what came of the latest run."""
        with self._database.writing() as connection:
            connection.execute(update(scenarios).where(_is(board, scenario)).values(comparison=comparison))


def _is(board: str, scenario: str) -> ColumnElement[bool]:
    return (scenarios.c.board == board) & (scenarios.c.id == scenario)


def _kept(row: Row[Any]) -> KeptScenario:
    return KeptScenario(
        board=row.board,
        document=parse_scenario(row.document.encode(), f"scenario {row.id}"),
        created_at=datetime.fromisoformat(row.created_at),
        created_by=row.created_by,
        comparison=None if row.comparison is None else bytes(row.comparison),
    )
