"""Faults of the text of a document: what is wrong before anything is read from it."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import Change, Entry, RawText

MAX_DEPTH = 100

TEXT_ENTRIES = (
    Entry(
        "json_empty",
        "Nothing in the document",
        "A document is one JSON object; this one is empty.",
        "Maybe the program that writes it failed, or the wrong file was named.",
        RawText(b"  \n"),
    ),
    Entry(
        "not_utf8",
        "Another encoding than UTF-8",
        "A document is encoded in UTF-8; the byte at {position} is not.",
        "Maybe it was saved as UTF-16 or Latin-1; save it as UTF-8.",
        RawText('{"version": 1, "id": "Münster"}'.encode("latin-1")),
    ),
    Entry(
        "json_syntax",
        "Not JSON, or cut off",
        "A document is JSON (RFC 8259); line {line}, column {column}: {problem}.",
        "Maybe the file was cut off, or a comma, quote or bracket is missing or too many.",
        RawText(b'{"version": 1, "calls": ['),
    ),
    Entry(
        "json_too_deep",
        "Nested too deeply",
        f"No document nests objects and arrays more than {MAX_DEPTH} deep.",
        "Maybe it is not a document of this program.",
        RawText(b"[" * 100_000),
    ),
    Entry(
        "duplicate_key",
        "A key twice in one object",
        "A key stands once in an object; only one of the values could count.",
        "Maybe one of them was meant for another object, or is a leftover.",
        RawText(
            b'{"version": 1, "id": "a", "id": "b", "currency": "EUR", "time_zone": "UTC", "technicians": [],'
            b' "calls": []}'
        ),
    ),
    Entry(
        "not_an_object",
        "Not an object",
        "A document is one JSON object, in braces.",
        "Maybe only a part of it, such as the list of calls, was given.",
        RawText(b"[1, 2]"),
    ),
    Entry(
        "version_unsupported",
        "Another version of the format",
        "This program reads version {supported} of this document.",
        "Maybe the document was written by a newer program; use that one.",
        Change("/version", 2, 1),
    ),
    Entry(
        "wrong_document",
        "A plan in place of a problem, or the reverse",
        "This is where a {wanted} document is read; the keys are those of a {found} document.",
        "Maybe the two file names were swapped.",
        RawText(b'{"version": 1, "problem_id": "sample-day", "routes": [], "unplanned": []}'),
    ),
)
