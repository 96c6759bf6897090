"""What can go wrong with jobs, apart from the work itself.

DispatchError
└── JobError              job
    ├── JobUnknownError   job_unknown
    ├── JobsFullError     jobs_full
    ├── JobsClosedError   jobs_closed
    └── ProcessDiedError  process_died
"""

from __future__ import annotations

from dispatch_engine.errors import DispatchError

RETRY_AFTER_S = 5.0


class JobError(DispatchError):
    """A job cannot be had."""

    code = "job"


class JobUnknownError(JobError):
    """There is no job of this id, or it was made with another key, or its result was kept long enough."""

    code = "job_unknown"

    def __init__(self, job: str) -> None:
        super().__init__(
            f"there is no job {job}", value=job, advice="Maybe its result was kept long enough; ask for it again."
        )


class JobsFullError(JobError):
    """As many jobs as the server takes are waiting or under way.

    Attributes
    ----------
    retry_after_s
        Seconds after which another try is worth it.
    """

    code = "jobs_full"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"{limit} jobs are waiting or under way, and the server takes no more",
            value=limit,
            advice="Maybe try again in a while, or cancel a job that is not needed.",
        )
        self.retry_after_s = RETRY_AFTER_S


class JobsClosedError(JobError):
    """The server is stopping and takes no new jobs."""

    code = "jobs_closed"

    def __init__(self) -> None:
        super().__init__("the server is stopping", advice="Maybe try again in a while, or at another server.")
        self.retry_after_s = RETRY_AFTER_S


class ProcessDiedError(JobError):
    """The process that did the work ended without an answer: it was killed, or there was no memory left."""

    code = "process_died"

    def __init__(self, exit_code: int | None) -> None:
        how = f"signal {-exit_code}" if exit_code is not None and exit_code < 0 else f"exit code {exit_code}"
        super().__init__(
            f"the process that did the work ended before it was done ({how})",
            value=exit_code,
            advice="Maybe try again; where it happens again, with a smaller document or more memory.",
        )
        self.retry_after_s = RETRY_AFTER_S
