"""Arguments and options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Problem = Annotated[str, typer.Argument(metavar="PROBLEM", help="Problem document; - reads standard input.")]
Plan = Annotated[str, typer.Argument(metavar="PLAN", help="Plan document; - reads standard input.")]
PolicyFile = Annotated[
    Path | None,
    typer.Option("--policy", metavar="FILE", help="JSON object laid over the policy; null takes a key away."),
]
TravelChoice = Annotated[
    str | None,
    typer.Option("--travel", metavar="SOURCE", help="geodesic, matrix, road[:NETWORK] or osrm:URL."),
]
Output = Annotated[
    str, typer.Option("-o", "--output", metavar="FILE", help="Where the result goes; - writes standard output.")
]
DEFAULT_DATABASE = "sqlite:///dispatch.db"
DatabaseUrl = Annotated[
    str,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="DISPATCH_DATABASE_URL",
        show_envvar=True,
        help="sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME.",
    ),
]
