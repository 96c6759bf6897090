"""`dispatch keys`: made once, listed without secrets, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from dispatch_engine.access.keys import id_and_secret
from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.keys import key_store
from dispatch_engine.cli.main import app

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'd.db'}"


def run(database: str, *words: str) -> Any:
    return CliRunner().invoke(app, ["keys", *words, "--database", database])


def test_a_key_is_printed_once_and_kept_as_a_hash(database: str, tmp_path: Path) -> None:
    result = run(database, "create", "--role", "dispatcher", "--name", "desk 2")
    found = id_and_secret(result.stdout.strip())
    assert found is not None
    listed = run(database, "list").stdout
    assert found[0] in listed
    assert "dispatcher (desk 2)" in listed
    assert found[1] not in listed
    assert all(found[1].encode() not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_key_that_is_taken_back_is_listed_so(database: str) -> None:
    run(database, "create", "--role", "planner")
    with key_store(database) as store:
        (key,) = store.all()
    assert run(database, "revoke", key.id).exit_code == ExitCode.OK
    assert "revoked" in run(database, "list").stdout


def test_a_key_expires_after_the_time_that_is_stated(database: str) -> None:
    result = run(database, "create", "--role", "technician", "--technician", "T-1", "--expires", "P90D")
    assert result.exit_code == ExitCode.OK
    with key_store(database) as store:
        (key,) = store.all()
    assert key.expires_at is not None
    assert (key.expires_at - key.created_at).days == 90
    assert "technician of T-1" in run(database, "list").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("create", "--role", "technician"),
        ("create", "--role", "planner", "--technician", "T-1"),
        ("create", "--role", "planner", "--expires", "PT0S"),
        ("create", "--role", "planner", "--expires", "soon"),
        ("create", "--role", "king"),
        ("revoke", "nobody"),
    ],
)
def test_what_makes_no_sense_is_wrong_use(database: str, words: tuple[str, ...]) -> None:
    assert run(database, *words).exit_code == ExitCode.USAGE
