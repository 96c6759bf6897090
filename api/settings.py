"""How the server is set up: read once from the environment, then handed on as values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AwareDatetime, Field, ValidationError

from dispatch_engine.catalogue.faults import suggestion
from dispatch_engine.errors import SettingsError
from dispatch_engine.formats.shape import shape_fault
from dispatch_engine.model.base import Model

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "DISPATCH_API_"
LISTS = ("osrm_urls", "webhook_hosts")
"""Several values, separated by commas."""

Seconds = Annotated[float, Field(gt=0, le=86_400)]
Number = Annotated[int, Field(ge=1, le=1_000_000)]


class Settings(Model):
    """What whoever runs the server decides. In the environment each is called ``DISPATCH_API_`` and its name."""

    host: Annotated[str, Field(min_length=1, max_length=255)] = "127.0.0.1"
    """Address to listen on; any other than a loopback address takes a key that was made before."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 8000
    """0 takes any that is free."""
    max_body_bytes: Annotated[int, Field(ge=1_024, le=512 * 1024 * 1024)] = 32 * 1024 * 1024
    """Of a request."""
    searches: Literal["threads", "processes"] = "threads"
    """Where searches for whole documents run: in this process, or in ``processes`` of their own, one a worker."""
    workers: Annotated[int, Field(ge=1, le=256)] = 2
    """Searches for whole documents at the same time."""
    io_threads: Annotated[int, Field(ge=1, le=256)] = 16
    """Threads that read documents and talk to the database."""
    command_threads: Annotated[int, Field(ge=1, le=1_024)] = 64
    """Requests to boards at the same time; those that wait for one board are planned together."""
    planners: Annotated[int, Field(ge=0, le=256)] = 0
    """Processes that plan boards, each board in one of them; 0: boards are planned in this process."""
    sync_seconds: Seconds = 15.0
    """For so long a request waits for a plan; then it gets a job to ask for."""
    max_seconds: Seconds = 600.0
    """Of search for one plan."""
    max_threads: Annotated[int, Field(ge=1, le=256)] = 2
    """Of one search."""
    max_places: Number = 5_000
    """Mentions of places in one document."""
    max_travel_places: Number = 1_000
    """In one question about travel."""
    max_lines: Number = 200
    """In one question about travel."""
    max_batch: Number = 500
    """Commands in one request to a board."""
    max_streams: Number = 1_000
    """Open streams of boards."""
    heartbeat_seconds: Seconds = 15.0
    """After so long without news a stream says that it is alive."""
    follow_seconds: Annotated[float, Field(gt=0, le=60)] = 0.25
    """So often boards that somebody follows are looked at for what other processes did."""
    clock_seconds: Seconds = 30.0
    """So often time passes on the boards in use."""
    clock_start: AwareDatetime | None = None
    """Boards begin at this moment instead of the present one: for trials with days gone by or to come."""
    clock_speed: Annotated[float, Field(gt=0, le=10_000)] = 1.0
    """Seconds that pass on boards in a real one, where ``clock_start`` is given."""
    sample_board: bool = True
    """Whether a server that has no board yet begins with a generated day of the sample city."""
    max_jobs: Number = 16
    """Waiting or under way."""
    kept_jobs: Number = 100
    """Ended ones that can still be fetched."""
    kept_jobs_seconds: Seconds = 3_600.0
    """For so long the result of a job is kept at most."""
    rate_per_second: Annotated[float, Field(gt=0, le=1_000_000)] = 500.0
    """Requests of one key, in the long run."""
    rate_burst: Number = 1_000
    """Requests of one key at once."""
    key_cache_seconds: Annotated[float, Field(ge=0, le=3_600)] = 2.0
    """After so long a key that another process took back stops working here."""
    grace_seconds: Seconds = 30.0
    """For so long a stopping server waits for what is under way."""
    max_webhooks: Number = 20
    """Of one board."""
    max_scenarios: Number = 200
    """Of one board."""
    webhook_hosts: tuple[Annotated[str, Field(pattern=r"^[a-z0-9.-]+$")], ...] = ()
    """Hosts to which webhooks may go by http; in the environment separated by commas."""
    webhook_seconds: Annotated[float, Field(gt=0, le=60)] = 10.0
    """For so long a receiver may take to answer."""
    webhook_attempts: Annotated[int, Field(ge=1, le=100)] = 10
    """After so many a revision becomes a dead letter, if the receiver takes others."""
    webhook_first_wait_seconds: Seconds = 1.0
    """Before the second attempt; the waits double, and chance takes off up to a half."""
    webhook_longest_wait_seconds: Seconds = 300.0
    """Between two attempts."""
    webhook_off_seconds: Annotated[float, Field(gt=0, le=31_536_000)] = 259_200.0
    """A webhook whose receiver takes nothing for so long is switched off."""
    networks: str | None = None
    """Folder with road networks that documents may name, besides those that come with the program."""
    osrm_urls: tuple[Annotated[str, Field(pattern=r"^https?://")], ...] = ()
    """OSRM servers that documents may name; in the environment separated by commas."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"


def settings_of(environment: Mapping[str, str], **given: object) -> Settings:
    """Read the settings from the environment; what is given and not None goes before it.

    Raises
    ------
    SettingsError
        A name is unknown or a value is not what it has to be.
    """
    named = {name.removeprefix(PREFIX).lower(): text for name, text in environment.items() if name.startswith(PREFIX)}
    values: dict[str, object] = {**named, **{name: value for name, value in given.items() if value is not None}}
    for name in LISTS:
        if isinstance(given_list := values.get(name), str):
            values[name] = [each.strip() for each in given_list.split(",") if each.strip()]
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise _settings_error(error) from error


def _settings_error(error: ValidationError) -> SettingsError:
    first = error.errors()[0]
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        advice = suggestion(name, Settings.model_fields, "Maybe it belongs to another version.")
        return SettingsError(f"there is no setting {PREFIX}{name.upper()}", value=name, advice=advice)
    found = shape_fault(Settings, first)
    return SettingsError(f"the setting {PREFIX}{name.upper()} is {found.value}: {found.rule}", advice=found.advice)
