"""`dispatch serve`: the engine over HTTP."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from dispatch_engine.cli.options import DEFAULT_DATABASE, DatabaseUrl

Host = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Where to listen; default 127.0.0.1, this machine alone.")
]
Port = Annotated[int | None, typer.Option(min=0, max=65_535, help="Default 8000; 0 takes any that is free.")]


def serve(host: Host = None, port: Port = None, database: DatabaseUrl = DEFAULT_DATABASE) -> None:
    """Serve the engine over HTTP until Ctrl-C or SIGTERM; requests that are under way are answered first.

    The first run makes a key and prints it. Every setting is an environment variable, listed in docs/api.md.
    """
    from api.server import run
    from api.settings import settings_of

    run(settings_of(os.environ, host=host, port=port), database)
