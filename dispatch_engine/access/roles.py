"""The roles that a key can have."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a key is for."""

    ADMIN = "admin"
    """Everything, keys and webhooks included."""
    DISPATCHER = "dispatcher"
    """Runs boards: calls, technicians, stock, events, plans."""
    PLANNER = "planner"
    """Plans documents and reads boards."""
    TECHNICIAN = "technician"
    """One technician's phone: reads and reports that technician's own visits."""
    INTEGRATION = "integration"
    """Another program: sends calls and reads boards."""
