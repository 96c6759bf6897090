"""Names of schemas that generators of clients can make classes of: plain words, each used once.

Where two models share a name, or one model differs between what is read and what is answered, pydantic makes names with
hyphens or module paths and leaves the titles alike; a generator then drops one of the two.
"""

from __future__ import annotations

import re
from typing import Any, Final

REF: Final = "#/components/schemas/"
WORD_BY_PACKAGE: Final = {"board": "Command", "model": "", "whatif": "InScenario"}
"""What tells models of one name apart: a change of a board is a command, one of a scenario stands in it; those of
documents have the name alone."""
WORD_BY_MODE: Final = {"-Input": "Input", "-Output": "Output"}
_PATH = re.compile(r"dispatch_engine__(?P<package>\w+?)__\w+__(?P<model>[A-Za-z]+)(?P<mode>-Input|-Output|)")


def plainly_named(definitions: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return schemas under plain names, which are their titles too, and the new name of each old one.

    Raises
    ------
    ValueError
        Two schemas would have the same name.
    """
    new_by_old = {old: plain(old) for old in definitions}
    if len(set(new_by_old.values())) < len(new_by_old):
        msg = f"names of schemas clash: {sorted(new_by_old.values())}"
        raise ValueError(msg)
    named = {
        new_by_old[old]: renamed(schema, new_by_old) | {"title": new_by_old[old]} for old, schema in definitions.items()
    }
    return named, new_by_old


def plain(name: str) -> str:
    """Return a name of pydantic's as one word."""
    found = _PATH.fullmatch(name)
    if found is not None:
        name = found["model"] + WORD_BY_PACKAGE[found["package"]] + found["mode"]
    for mode, word in WORD_BY_MODE.items():
        name = name.replace(mode, word)
    return name


def renamed(schema: Any, new_by_old: dict[str, str]) -> Any:
    """Return a schema whose references, also those of discriminators, have the new names."""
    if isinstance(schema, dict):
        return {key: renamed(value, new_by_old) for key, value in schema.items()}
    if isinstance(schema, list):
        return [renamed(each, new_by_old) for each in schema]
    if isinstance(schema, str) and schema.startswith(REF):
        return REF + new_by_old[schema.removeprefix(REF)]
    return schema
