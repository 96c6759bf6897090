"""What can be wrong with a request before anything of the engine sees it."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import Entry

REQUEST_ENTRIES = (
    Entry(
        "route_unknown",
        "No such address",
        "There is nothing at this path.",
        "Maybe it is misspelt; /openapi.json describes all routes.",
    ),
    Entry(
        "method_not_allowed",
        "Another method is needed",
        "This path does not take this method.",
        "Maybe another one was meant; the header Allow lists those that it takes.",
    ),
    Entry(
        "body_too_large",
        "The body is too large",
        "The body of a request has at most so many bytes here.",
        "Maybe split it, or ask whoever runs the server for a higher limit.",
    ),
    Entry(
        "media_type",
        "Another kind of content is needed",
        "The body of a request is JSON, sent as application/json and not compressed.",
        "Maybe set the header Content-Type: application/json.",
    ),
    Entry(
        "parameter_faults",
        "Parameters are faulty",
        "Parameters of the request, in its path, query or headers, have faults; each is listed.",
        "Maybe a name or value is misspelt.",
    ),
    Entry(
        "request_refused",
        "The request is refused",
        "The request cannot be answered.",
        "Maybe it is not HTTP as this server speaks it.",
    ),
    Entry(
        "not_ready",
        "Not ready yet",
        "The server cannot do its work yet; what it waits for is named.",
        "Maybe wait: the solver is compiled once, which takes about half a minute.",
    ),
    Entry(
        "planner_died",
        "A planner ended",
        "The process that plans the board ended before it had answered, and another one takes its place. What was "
        "asked for may be in effect or not.",
        "Maybe look at the board, or send the request again; one with an Idempotency-Key does nothing a second time.",
    ),
    Entry(
        "streams_full",
        "Too many streams",
        "As many streams of boards as the server takes are open.",
        "Maybe close those that nobody looks at, or ask whoever runs the server for a higher limit.",
    ),
)
