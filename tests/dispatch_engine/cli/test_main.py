"""What `dispatch` itself promises, before and after any command."""

import subprocess
import sys

from typer.testing import CliRunner

from dispatch_engine import __version__
from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app

HEAVY = ("numpy", "numba", "ortools", "pydantic", "scipy", "networkx", "shapely", "fastapi", "sqlalchemy", "alembic")


def test_help_explains_each_exit_code() -> None:
    told = CliRunner().invoke(app, ["--help"]).stdout
    assert all(f"{code.value:>3}  " in told for code in ExitCode)


def test_help_loads_no_heavy_library() -> None:
    script = "import sys, dispatch_engine.cli.main; print([name for name in sys.argv[1:] if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script, *HEAVY], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_version_names_the_engine_and_the_libraries_that_decide_a_plan() -> None:
    told = CliRunner().invoke(app, ["version"]).stdout
    assert f"dispatch-engine {__version__}" in told
    assert "ortools " in told


def test_a_command_that_does_not_exist_is_wrong_use() -> None:
    assert CliRunner().invoke(app, ["nothing"]).exit_code == ExitCode.USAGE


def test_a_process_that_ends_does_not_look_for_garbage_once_more() -> None:
    script = (
        "import atexit, gc; from dispatch_engine.cli.main import main; "
        "atexit.register(lambda: print('frozen', gc.get_freeze_count() > 0)); main()"
    )
    done = subprocess.run([sys.executable, "-c", script, "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("frozen True\n")
