"""Which commands a key may send to a board, and a technician only about the own visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dispatch_engine.access.errors import CommandForbiddenError, NotOwnError
from dispatch_engine.access.roles import Role
from dispatch_engine.board.views.view import is_own
from dispatch_engine.errors import placed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.access.keys import ApiKey
    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState

OF_THE_CLOCK: Final = frozenset({"pass_time"})
"""Nobody sends these; the clock does."""

OF_TECHNICIANS: Final = frozenset(
    {
        "sign_on",
        "sign_off",
        "report_absence",
        "end_absence",
        "report_visit",
        "estimate",
        "report_position",
        "report_break",
        "report_restock",
        "report_delay",
        "report_parts",
        "count_stock",
    }
)
OF_INTEGRATIONS: Final = frozenset(
    {
        "create_call",
        "change_call",
        "cancel_call",
        "merge_call",
        "set_technician",
        "set_provider",
        "change_technician",
        "remove_technician",
        "set_location",
        "change_location",
        "set_contract",
        "set_part",
        "change_shift",
        "cancel_shift",
        "report_parts",
        "count_stock",
    }
)


def require_allowed(key: ApiKey, commands: Sequence[Command], state: BoardState) -> None:
    """Refuse commands that a key may not send; the pointer leads into the list of them.

    Raises
    ------
    CommandForbiddenError
        The role of the key does not include the command.
    NotOwnError
        A technician's key sends something about somebody else's visit, van or day.
    """
    for position, command in enumerate(commands):
        with placed(f"/{position}"):
            if not _is_of_role(key.role, command.type):
                raise CommandForbiddenError(key.role, command.type)
            if key.role is Role.TECHNICIAN:
                _require_own(key, command, state)


def _is_of_role(role: Role, kind: str) -> bool:
    if kind in OF_THE_CLOCK:
        return False
    if role is Role.TECHNICIAN:
        return kind in OF_TECHNICIANS
    if role is Role.INTEGRATION:
        return kind in OF_INTEGRATIONS
    return role in (Role.ADMIN, Role.DISPATCHER)


def _require_own(key: ApiKey, command: Command, state: BoardState) -> None:
    own, call = key.technician or "", getattr(command, "call", None)
    technician = getattr(command, "technician", own)
    if technician != own:
        raise NotOwnError("technician", str(technician))
    if isinstance(call, str) and call in state.calls and not is_own(state, call, own):
        raise NotOwnError("call", call)
