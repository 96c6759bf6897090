"""Log lines as JSON objects, one a line, each with the id of the request that it belongs to."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from api.boundary import request_id_now

_KNOWN = frozenset({*vars(logging.makeLogRecord({})), "message", "asctime", "color_message", "taskName"})


class JsonLines(logging.Formatter):
    """Writes a record as one JSON object: time, level, logger, message, request id and what was handed over besides."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "logger": record.name}
        line["message"] = record.getMessage()
        if (request_id := request_id_now.get()) is not None:
            line["request_id"] = request_id
        line |= {name: value for name, value in vars(record).items() if name not in _KNOWN and value is not None}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def log_config(level: str) -> dict[str, Any]:
    """Return the configuration of ``logging`` for a server: everything as JSON lines on stderr."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": JsonLines}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"},
        },
        "root": {"handlers": ["stderr"], "level": level.upper()},
        "loggers": {
            "uvicorn": {"level": level.upper()},
            "uvicorn.access": {"level": "ERROR"},
            "alembic": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},  # else it tells of every webhook sent, with the secrets in its address
        },
    }
