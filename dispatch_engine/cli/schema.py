"""`dispatch schema`: the shape of the documents as JSON Schema."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from dispatch_engine.cli.options import Output


class DocumentKind(StrEnum):
    """The documents that have a schema."""

    PROBLEM = "problem"
    PLAN = "plan"


def schema(
    kind: Annotated[DocumentKind, typer.Argument(help="Which document.")],
    output: Output = "-",
) -> None:
    """Write the JSON Schema (draft 2020-12) of problem or plan documents."""
    from dispatch_engine.formats.documents import plan_schema, problem_schema
    from dispatch_engine.formats.files import write_atomically

    found = problem_schema() if kind is DocumentKind.PROBLEM else plan_schema()
    write_atomically(output, f"{json.dumps(found, indent=2, ensure_ascii=False)}\n".encode())
