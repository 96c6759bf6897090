"""An error reaches a person as a message with a way out, and a script as an exit code."""

from collections.abc import Callable

import pytest
import typer
from typer.testing import CliRunner, Result

from dispatch_engine.cli.boundary import BoundaryGroup
from dispatch_engine.cli.exit_codes import MEANING, ExitCode, exit_code_of
from dispatch_engine.errors import DispatchError, FileMissingError


def run(action: Callable[[], None], *arguments: str) -> Result:
    """Run a program whose command `act` does the action."""
    app = typer.Typer(cls=BoundaryGroup, pretty_exceptions_enable=False)

    @app.callback()
    def options(traceback: bool = False) -> None:
        """Take the options that stand before the command."""

    app.command("act")(action)
    return CliRunner().invoke(app, [*arguments, "act"])


def lose_the_file() -> None:
    message = "day.json does not exist"
    raise FileMissingError(message, pointer="/calls/3", advice="Maybe [b]it[/b] is called tomorrow.json.")


def break_down() -> None:
    raise ZeroDivisionError


def press_ctrl_c() -> None:
    raise KeyboardInterrupt


def test_an_error_is_told_with_code_place_message_and_advice() -> None:
    told = run(lose_the_file).stderr.split("\n")
    assert told[0] == "error file_missing at /calls/3"
    assert told[1] == "  day.json does not exist"
    assert told[2] == "  Maybe [b]it[/b] is called tomorrow.json."


def test_an_error_ends_with_the_exit_code_of_its_kind() -> None:
    assert run(lose_the_file).exit_code == ExitCode.FILE


def test_no_traceback_is_printed_unless_asked_for() -> None:
    assert "Traceback" not in run(lose_the_file).stderr


def test_the_traceback_is_printed_when_asked_for() -> None:
    result = run(lose_the_file, "--traceback")
    assert "Traceback" in result.stderr
    assert result.exit_code == ExitCode.FILE


def test_a_fault_of_the_program_is_told_as_such() -> None:
    result = run(break_down)
    assert "ZeroDivisionError" in result.stderr
    assert "--traceback" in result.stderr
    assert result.exit_code == ExitCode.INTERNAL


def test_an_interrupted_command_ends_with_130() -> None:
    assert run(press_ctrl_c).exit_code == ExitCode.INTERRUPTED


def test_nothing_of_an_error_goes_to_stdout() -> None:
    assert run(lose_the_file).stdout == ""


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("file_missing", ExitCode.FILE),
        ("travel.network_not_found", ExitCode.FILE),
        ("travel.osrm_unreachable", ExitCode.TRAVEL),
        ("internal", ExitCode.INTERNAL),
    ],
)
def test_the_beginning_of_the_code_decides_the_exit_code(code: str, expected: ExitCode) -> None:
    error = DispatchError("something")
    error.code = code
    assert exit_code_of(error.code) == expected


def test_every_exit_code_is_explained() -> None:
    assert set(MEANING) == set(ExitCode)
