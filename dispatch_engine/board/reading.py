"""Commands from JSON, with all their faults at once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import ValidationError

from dispatch_engine.board.commands import Command
from dispatch_engine.board.errors import CommandUnknownError
from dispatch_engine.catalogue.faults import fault
from dispatch_engine.errors import DocumentErrors, placed
from dispatch_engine.formats.json_text import read_json
from dispatch_engine.formats.shape import shape_fault

if TYPE_CHECKING:
    from dispatch_engine.errors import Fault

MODEL_BY_TYPE: Final[dict[str, type[Any]]] = {
    get_args(model.model_fields["type"].annotation)[0]: model for model in get_args(Command)
}
"""The model of each command."""

NAME = "the command"
NAMES = "the list of commands"


@dataclass(frozen=True)
class CommandBody:
    """What a body holds: one command, or a list of commands that are taken together or not at all.

    Attributes
    ----------
    commands
        In order.
    is_list
        Whether they came as a list, in which pointers begin with a position.
    """

    commands: tuple[Command, ...]
    is_list: bool


def parse_command(data: bytes) -> Command:
    """Read one command.

    Raises
    ------
    CommandUnknownError
        There is no command of this type.
    DocumentErrors
        With every fault of its shape; what its ids stand for is checked by `decide`.
    """
    text = read_json(data)
    faults = tuple(sorted({*text.faults}))
    if faults:
        raise DocumentErrors(faults, NAME)
    return command_of(text.value)


def parse_commands(data: bytes) -> CommandBody:
    """Read one command, or a list of commands that are taken together or not at all.

    Raises
    ------
    CommandUnknownError
        There is no command of a type.
    DocumentErrors
        With every fault of every command; in a list each stands under the command's position.
    """
    text = read_json(data)
    if text.faults:
        raise DocumentErrors(tuple(sorted({*text.faults})), NAME)
    if not isinstance(text.value, list):
        return CommandBody((command_of(text.value),), is_list=False)
    if not text.value:
        raise DocumentErrors((fault("empty_value", (), text.value),), NAMES)
    commands: list[Command] = []
    faults: list[Fault] = []
    for position, value in enumerate(text.value):
        try:
            with placed(f"/{position}"):
                commands.append(command_of(value))
        except DocumentErrors as error:
            faults += error.faults
    if faults:
        raise DocumentErrors(tuple(faults), NAMES)
    return CommandBody(tuple(commands), is_list=True)


def command_of(value: Any) -> Command:
    """Return the command that JSON values say; faults as for ``parse_command``."""
    if not isinstance(value, dict):
        raise DocumentErrors((fault("not_an_object", (), value),), NAME)
    model = _model_of(value)
    try:
        command: Command = model.model_validate_json(json.dumps(value), strict=True)
    except ValidationError as error:
        found: tuple[Fault, ...] = tuple(sorted(shape_fault(model, each) for each in error.errors()))
        raise DocumentErrors(found, NAME) from error
    return command


def _model_of(value: dict[str, Any]) -> type[Any]:
    kind = value.get("type")
    if kind is None:
        raise DocumentErrors((fault("missing_field", ("type",)),), NAME)
    if not isinstance(kind, str):
        raise DocumentErrors((fault("wrong_type", ("type",), kind, wanted="The value is a text."),), NAME)
    if kind not in MODEL_BY_TYPE:
        raise CommandUnknownError(kind, MODEL_BY_TYPE)
    return MODEL_BY_TYPE[kind]
