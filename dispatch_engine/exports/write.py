"""Writing a plan in one of the forms that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_engine.errors import FileKindError
from dispatch_engine.exports.forms import ExportFormat
from dispatch_engine.exports.view import PlanView
from dispatch_engine.formats.files import STANDARD_STREAM, write_atomically, write_folder

if TYPE_CHECKING:
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument


def dump_export(
    problem: ProblemDocument,
    plan: PlanDocument,
    form: ExportFormat,
    path: str | Path,
    base_dir: Path | None = None,
) -> tuple[str, ...]:
    """Write a plan to a file, whole or not at all, or to standard output where the path is ``-``.

    Parameters
    ----------
    problem
        The document that the plan answers.
    plan
        The answer.
    form
        What to write. ``ical`` writes a folder with a calendar for each technician and provider.
    path
        A file, ``-``, or the folder of the calendars, which is made if it is not there.
    base_dir
        Folder of the problem document, where it names a road network by path. Default: the working folder.

    Returns
    -------
    Sentences that a person should read: where lines of routes do not follow roads, and why.

    Raises
    ------
    FileKindError
        Calendars are to go to standard output or into a file.
    FileWriteError
        It cannot be written; an earlier file of this name is untouched.
    """
    view = PlanView(problem, plan)
    if form is ExportFormat.ICAL:
        _write_calendars(_calendars(view), path)
        return ()
    if form is ExportFormat.GEOJSON:
        text, note = _geojson(view, base_dir or Path())
        write_atomically(path, text)
        return (note,) if note else ()
    write_atomically(path, _csv(view) if form is ExportFormat.CSV else _json(view))
    return ()


# Each form is loaded only where it is asked for.


def _calendars(view: PlanView) -> dict[str, bytes]:
    from dispatch_engine.exports.calendars import calendars

    return calendars(view)


def _geojson(view: PlanView, base_dir: Path) -> tuple[bytes, str]:
    from dispatch_engine.exports.geojson import geojson_text
    from dispatch_engine.exports.lines import driven_lines

    lines = driven_lines(view, base_dir)
    return geojson_text(view, lines), lines.note


def _csv(view: PlanView) -> bytes:
    from dispatch_engine.exports.table import csv_text

    return csv_text(view)


def _json(view: PlanView) -> bytes:
    from dispatch_engine.exports.sheet import json_text

    return json_text(view)


def _write_calendars(files: dict[str, bytes], path: str | Path) -> None:
    if str(path) == STANDARD_STREAM or Path(path).is_file():
        message = f"calendars are one file for each technician and go into a folder, not to {path}"
        raise FileKindError(message, value=str(path), advice="Maybe name a folder, such as -o calendars.")
    write_folder(Path(path), files)
