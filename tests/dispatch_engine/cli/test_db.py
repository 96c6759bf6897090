"""`dispatch db` on real databases."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner, Result

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.event_log.sql.tables import SCHEMA_REVISION
from tests.event_logs import fill, opened


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'dispatch.db'}"


def dispatch_db(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(app, ["db", *words], env=environment)


def test_a_database_is_made_once(url: str) -> None:
    first, second = dispatch_db("upgrade", "--database", url), dispatch_db("upgrade", "--database", url)
    assert (first.exit_code, second.exit_code) == (ExitCode.OK, ExitCode.OK)
    assert first.stdout == f"{url} is now at version {SCHEMA_REVISION}\n"
    assert second.stdout == f"{url} was already at version {SCHEMA_REVISION}\n"


def test_the_revision_and_hash_of_every_board_are_printed(url: str) -> None:
    with closing(opened(url)) as log:
        heads = [fill(log, 2, "south")[-1], fill(log, 1, "north")[-1]]
    told = dispatch_db("verify", DISPATCH_DATABASE_URL=url)
    assert told.exit_code == ExitCode.OK
    assert told.stdout.splitlines() == [f"north  revision 1  {heads[1].hash}", f"south  revision 2  {heads[0].hash}"]


def test_a_log_that_was_tampered_with_is_told_and_the_others_are_verified_all_the_same(url: str) -> None:
    with closing(opened(url)) as log:
        fill(log, 3, "north")
        fill(log, 1, "south")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE entries SET actor = 'nobody' WHERE board = 'north' AND revision = 2"))
    engine.dispose()
    told = dispatch_db("verify", "--database", url)
    assert told.exit_code == ExitCode.CHECK
    assert told.stdout.splitlines()[0] == "north  tampered with at revision 2"
    assert told.stdout.splitlines()[1].startswith("south  revision 1  ")
    assert told.stderr.startswith("error log_tampered\n")
    assert dispatch_db("verify", "--database", url, "--board", "south").exit_code == ExitCode.OK


def test_a_board_that_does_not_exist_is_wrong_use(url: str) -> None:
    with closing(opened(url)) as log:
        fill(log, 1, "north")
    told = dispatch_db("verify", "--database", url, "--board", "nort")
    assert told.exit_code == ExitCode.USAGE
    assert 'Maybe "north" was meant' in told.stderr


def test_verifying_makes_no_database(url: str, tmp_path: Path) -> None:
    told = dispatch_db("verify", "--database", url)
    assert told.exit_code == ExitCode.DATABASE
    assert told.stderr.startswith("error database_unreachable\n")
    assert list(tmp_path.iterdir()) == []


def test_without_a_url_the_database_is_a_file_in_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = CliRunner().invoke(app, ["db", "upgrade"], env={"DISPATCH_DATABASE_URL": None})
    assert told.exit_code == ExitCode.OK
    assert (tmp_path / "dispatch.db").is_file()
