"""The description of the API as a page."""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.manual.kinds import kind_of, limits_of
from api.manual.wording import prose, words
from api.openapi import operations

PROBLEM = "application/problem+json"


@cache
def policy() -> str:
    """Return the Content-Security-Policy of the page: its own style, and nothing else at all."""
    style = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{style}'; img-src data:; base-uri 'none'; frame-ancestors 'none'"


def page_of(described: dict[str, Any]) -> str:
    """Return the page of a description (OpenAPI 3.1) as HTML."""
    asked = [_operation(name, each) for name, each in operations(described)]
    return (
        _environment()
        .get_template("manual.html.j2")
        .render(
            info=described["info"],
            style=_style(),
            subjects=[
                {**tag, "operations": [each for each in asked if tag["name"] in each["tags"]]}
                for tag in described["tags"]
            ],
            shapes=[_shape(name, each) for name, each in sorted(described["components"]["schemas"].items())],
        )
    )


def _operation(name: str, described: dict[str, Any]) -> dict[str, Any]:
    method, path = name.split(" ")
    answers = [_answer(status, each) for status, each in sorted(described["responses"].items())]
    return {
        "id": described["operationId"],
        "method": method.upper(),
        "path": path,
        "tags": described["tags"],
        "meaning": described.get("description", ""),
        "roles": described["x-roles"],
        "parameters": [_parameter(each) for each in described.get("parameters", ())],
        "body": _body(described["requestBody"]) if "requestBody" in described else None,
        "answers": [each for each in answers if not each["is_problem"]],
        "problems": [each["status"] for each in answers if each["is_problem"]],
    }


def _parameter(described: dict[str, Any]) -> dict[str, Any]:
    meaning = described.get("description", "")
    return {"place": described["in"], **_field(described["name"], described["schema"], described["required"], meaning)}


def _body(described: dict[str, Any]) -> dict[str, Any]:
    ((_, content),) = described["content"].items()
    example = content.get("example")
    return {
        "meaning": described["description"],
        "kind": kind_of(content["schema"]),
        "example": None if example is None else json.dumps(example, indent=2, ensure_ascii=False),
    }


def _answer(status: str, described: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = described.get("content", {})
    media_type = next(iter(content), "")
    kind = kind_of(content[media_type]["schema"]) if content else ()
    return {
        "status": status,
        "meaning": described["description"],
        "media_type": media_type,
        "kind": kind,
        "is_problem": media_type == PROBLEM,
    }


def _shape(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    required = set(schema.get("required", ()))
    fields = [_field(each, inner, each in required) for each, inner in schema.get("properties", {}).items()]
    kind = () if fields or schema.get("type") == "object" else kind_of(schema)
    return {"name": name, "meaning": schema.get("description", ""), "fields": fields, "kind": kind}


def _field(name: str, schema: dict[str, Any], is_required: bool, meaning: str = "") -> dict[str, Any]:
    default = schema.get("default")
    return {
        "name": name,
        "kind": kind_of(schema),
        "limits": limits_of(schema),
        "is_required": is_required,
        "default": None if default is None else json.dumps(default, ensure_ascii=False),
        "meaning": meaning or schema.get("description", ""),
    }


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("api.manual"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"prose": prose, "words": words}
    return made


@cache
def _style() -> str:
    return (files("api.manual") / "templates" / "manual.css").read_text(encoding="utf-8").strip()
