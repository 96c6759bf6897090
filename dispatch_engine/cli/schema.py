"""`dispatch schema`: the shape of the documents as JSON Schema."""

import json
from enum import StrEnum
from typing import Annotated, Any

import typer

from dispatch_engine.cli.options import Output


class DocumentKind(StrEnum):
    """The documents that have a schema."""

    PROBLEM = "problem"
    PLAN = "plan"
    SCENARIO = "scenario"


def schema(
    kind: Annotated[DocumentKind, typer.Argument(help="Which document.")],
    output: Output = "-",
) -> None:
    """Write the JSON Schema (draft 2020-12) of problem, plan or scenario documents."""
    from dispatch_engine.formats.files import write_atomically

    write_atomically(output, f"{json.dumps(_schema_of(kind), indent=2, ensure_ascii=False)}\n".encode())


def _schema_of(kind: DocumentKind) -> dict[str, Any]:
    from dispatch_engine.formats.documents import plan_schema, problem_schema
    from dispatch_engine.whatif.scenario import scenario_schema

    schemas = {
        DocumentKind.PROBLEM: problem_schema,
        DocumentKind.PLAN: plan_schema,
        DocumentKind.SCENARIO: scenario_schema,
    }
    return schemas[kind]()
