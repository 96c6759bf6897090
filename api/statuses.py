"""The one table from the codes of errors to HTTP status codes. A kind of error that is not listed is as its parent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.errors import DocumentErrors

if TYPE_CHECKING:
    from dispatch_engine.errors import DispatchError

STATUS_BY_CODE = {
    # requests
    "route_unknown": 404,
    "method_not_allowed": 405,
    "body_too_large": 413,
    "media_type": 415,
    "parameter_faults": 422,
    "request_refused": 400,
    "not_ready": 503,
    "planner_died": 503,
    "streams_full": 503,
    # keys
    "access": 403,
    "key_missing": 401,
    "key_invalid": 401,
    "key_expired": 401,
    "key_revoked": 401,
    "role_forbidden": 403,
    "command_forbidden": 403,
    "not_own": 403,
    "rate_limited": 429,
    "key_unknown": 404,
    "key_request": 422,
    # documents, plans and jobs
    "document_faults": 422,
    "too_many": 422,
    "effort_too_large": 422,
    "plan_unfit": 422,
    "plan_not_divisible": 422,
    "call_unknown": 404,
    "job": 500,
    "job_unknown": 404,
    "jobs_full": 503,
    "jobs_closed": 503,
    "process_died": 503,
    # live boards
    "command_refused": 409,
    "crews_busy": 503,
    "command_unknown": 422,
    "board_not_open": 404,
    "board_unknown": 404,
    "revision_unknown": 404,
    "thing_unknown": 404,
    "merge_circular": 422,
    "clock_ahead": 422,
    "report_too_old": 422,
    "stock_target": 422,
    "absence_order": 422,
    "delay_unclear": 422,
    "facts_stated": 422,
    "id_changed": 422,
    "nothing_said": 422,
    "stock_limit": 422,
    "entry_invalid": 422,
    "revision_conflict": 412,
    "key_reused": 422,
    # webhooks
    "webhook": 500,
    "webhook_unknown": 404,
    "webhook_url": 422,
    "webhooks_full": 409,
    "dead_letter_unknown": 404,
    # simulated days
    "simulation": 500,
    # scenarios
    "scenario": 500,
    "scenario_not_kept": 404,
    "scenario_exists": 409,
    "scenario_in_use": 409,
    "scenarios_full": 409,
    "scenario_not_run": 404,
    # the database
    "event_unknown": 500,
    "event_broken": 500,
    "event_log": 500,
    "log_tampered": 500,
    "snapshot_unfit": 500,
    "database": 503,
    "database_url": 500,
    "database_driver_missing": 500,
    "database_unreachable": 503,
    "database_unwritable": 503,
    "database_damaged": 500,
    "database_foreign": 500,
    "database_locked": 503,
    "database_older": 500,
    "database_newer": 500,
    # travel times: what the document says of them, then what is behind them
    "travel": 500,
    "travel.place_invalid": 422,
    "travel.profile_unknown": 422,
    "travel.matrix_invalid": 422,
    "travel.matrix_place_missing": 422,
    "travel.source_forbidden": 422,
    "travel.network": 500,
    "travel.network_not_found": 422,
    "travel.network_unreadable": 500,
    "travel.network_source": 500,
    "travel.osrm": 502,
    "travel.osrm_missing": 500,
    "travel.osrm_unreachable": 502,
    "travel.osrm_refused": 502,
    "travel.osrm_answer": 502,
    # what no request can bring about, unless the program is at fault
    "internal": 500,
    "internal_plan_rejected": 500,
    "settings": 500,
    "scale_out": 500,
    "file": 500,
    "night_unknown": 422,
    "night_plan_missing": 422,
    "night_plan_of_another": 422,
    "generator_no_streets": 422,
    "generator_territories": 422,
    "generator_parts": 422,
    "generator_time_zone": 422,
}

OF_TEXT = frozenset({"json_empty", "json_syntax", "json_too_deep", "not_utf8"})
"""Faults of a text that is no JSON at all, so that nothing in it could be read."""


def status_of(error: DispatchError) -> int:
    """Return the HTTP status of an error."""
    if isinstance(error, DocumentErrors) and any(fault.code in OF_TEXT for fault in error.faults):
        return 400
    if error.code in STATUS_BY_CODE:
        return STATUS_BY_CODE[error.code]
    return status_of_class(type(error))


def status_of_class(kind: type[DispatchError]) -> int:
    """Return the HTTP status of a kind of error: its own, else that of the nearest parent."""
    codes = (parent.__dict__.get("code") for parent in kind.__mro__)
    return next(STATUS_BY_CODE[code] for code in codes if code in STATUS_BY_CODE)
