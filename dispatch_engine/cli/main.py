"""The entry point of `dispatch`: the commands, and the options that stand before them."""

import gc
from typing import Annotated

import typer

from dispatch_engine.cli.boundary import BoundaryGroup
from dispatch_engine.cli.check import check
from dispatch_engine.cli.db import db
from dispatch_engine.cli.exit_codes import epilog
from dispatch_engine.cli.explain import explain
from dispatch_engine.cli.export import export
from dispatch_engine.cli.generate import generate
from dispatch_engine.cli.import_ import import_
from dispatch_engine.cli.keys import keys
from dispatch_engine.cli.network import network
from dispatch_engine.cli.plan import plan
from dispatch_engine.cli.report import report
from dispatch_engine.cli.reserve import reserve
from dispatch_engine.cli.restock import restock
from dispatch_engine.cli.schema import schema
from dispatch_engine.cli.simulate import simulate
from dispatch_engine.cli.version import version
from dispatch_engine.cli.warmup import warmup
from dispatch_engine.cli.whatif import whatif

SELDOM = (100_000, 50, 100)
"""How often to look for garbage: what a command reads, compiles and reports mostly lives to its end, and looking for it
as often as usual takes a twentieth of the time."""

app = typer.Typer(
    cls=BoundaryGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    epilog=epilog(),
)


@app.callback()
def options(
    traceback: Annotated[bool, typer.Option("--traceback", help="Print the traceback of an error as well.")] = False,
) -> None:
    """Plan and dispatch field technicians: a problem document in, a checked plan out."""


app.add_typer(network, name="network")
app.add_typer(keys, name="keys")
app.add_typer(db, name="db")
app.command()(plan)
app.command()(check)
app.command()(explain)
app.command()(generate)
app.command("import")(import_)
app.command()(report)
app.command()(export)
app.command()(restock)
app.command()(reserve)
app.command()(whatif)
app.command()(simulate)
app.command()(schema)
app.command()(warmup)
app.command()(version)


def main() -> None:
    """Run `dispatch` with the arguments of the process."""
    gc.set_threshold(*SELDOM)
    try:
        app(prog_name="dispatch")
    finally:
        gc.freeze()  # memory goes back with the process: looking for garbage in it once more takes half a second
