"""The one place where an error becomes a message and an exit code."""

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from dispatch_engine.cli.exit_codes import ExitCode, exit_code_of
from dispatch_engine.cli.terminal import say, stderr
from dispatch_engine.errors import DispatchError


class BoundaryGroup(TyperGroup):
    """A group of commands under which no error reaches a person as a traceback, unless asked for."""

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override] # typer hands over its own context
        """Run the command that was named.

        Raises
        ------
        typer.Exit
            With the documented code, after the message is printed.
        """
        try:
            return super().invoke(ctx)
        except (TyperException, typer.Exit, typer.Abort, EOFError, BrokenPipeError):
            raise  # typer's own ways to end
        except DispatchError as error:
            say(describe(error))
            failure: Exception = error
            code = exit_code_of(error.code)
        except Exception as error:  # noqa: BLE001 - the outermost frame: what is left is a fault of the program
            say(describe_internal(error))
            failure, code = error, ExitCode.INTERNAL
        if ctx.params["traceback"]:
            from rich.traceback import Traceback  # takes long to import

            stderr().print(Traceback.from_exception(type(failure), failure, failure.__traceback__))
        raise typer.Exit(code) from failure


def describe(error: DispatchError) -> str:
    """Return what a person reads of an error: code and place, what is wrong, the way out."""
    head = f"error {error.code}" + (f" at {error.pointer}" if error.pointer else "")
    return "\n  ".join([head, error.message, *([error.advice] if error.advice else [])])


def describe_internal(error: Exception) -> str:
    """Return what a person reads of a fault of the program itself."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    advice = "Maybe run it again as `dispatch --traceback …` and report what that prints."
    return f"error internal\n  {what}\n  {advice}"
