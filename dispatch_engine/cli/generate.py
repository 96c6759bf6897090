"""`dispatch generate`: a made-up day on the streets of a real network."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dispatch_engine.cli.options import Output
from dispatch_engine.cli.outputs import STANDARD_STREAM, require_writable
from dispatch_engine.cli.terminal import say
from dispatch_engine.listing import counted

if TYPE_CHECKING:
    from dispatch_engine.model.problem import ProblemDocument


class Preset(StrEnum):
    """The days that come with the project."""

    TOMORROW = "tomorrow"
    LARGE = "large"
    WEEK = "week"
    PARTS = "parts"
    NAURU = "nauru"


PresetName = Annotated[Preset, typer.Option(help="The day to begin with; other options change it.")]
NetworkName = Annotated[
    str | None, typer.Option(metavar="NETWORK", help="A network file, or the name of one that comes with the program.")
]
TimeZone = Annotated[
    str | None, typer.Option(metavar="NAME", help="IANA name; default: that of the network, else UTC.")
]
FirstDay = Annotated[
    datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], metavar="DATE", help="The first day, as 2026-03-10.")
]
Technicians = Annotated[int | None, typer.Option(min=1, max=2_000, help="How many.")]
Calls = Annotated[int | None, typer.Option(min=1, max=20_000, help="How many.")]
Days = Annotated[int | None, typer.Option(min=1, max=60, help="How many working days.")]
Providers = Annotated[int | None, typer.Option(min=0, max=100, help="How many.")]
Territories = Annotated[int | None, typer.Option(min=1, max=100, help="How many.")]
Parts = Annotated[
    int | None,
    typer.Option(min=0, max=2_000, help="How many part numbers, with stock locations that keep them; 0: neither."),
]
Locations = Annotated[int | None, typer.Option(min=1, max=100, help="How many, where there are part numbers.")]
Prefix = Annotated[
    str | None,
    typer.Option(
        metavar="TEXT", help="What ids of technicians begin with; default T. Boards side by side take different ones."
    ),
]
Work = Annotated[float | None, typer.Option(min=0.25, max=4, metavar="FACTOR", help="Multiplies each duration.")]
Seed = Annotated[int, typer.Option(min=0, max=2**32 - 1, help="The same options and seed give the same document.")]


def generate(
    output: Output = "-",
    preset: PresetName = Preset.TOMORROW,
    network: NetworkName = None,
    time_zone: TimeZone = None,
    first_day: FirstDay = None,
    technicians: Technicians = None,
    calls: Calls = None,
    days: Days = None,
    providers: Providers = None,
    territories: Territories = None,
    parts: Parts = None,
    stock_locations: Locations = None,
    technician_prefix: Prefix = None,
    work: Work = None,
    seed: Seed = 1,
) -> None:
    """Write the problem document of a made-up service company on the streets of a network."""
    from dispatch_engine.formats.documents import dump_problem

    require_writable(output)
    given = {
        "network": network,
        "time_zone": time_zone,
        "first_day": first_day.date() if first_day else None,
        "technicians": technicians,
        "calls": calls,
        "days": days,
        "providers": providers,
        "territories": territories,
        "parts": parts,
        "stock_locations": stock_locations,
        "technician_prefix": technician_prefix,
        "work_factor": work,
    }
    made = made_of(preset, output, {"seed": seed} | {name: value for name, value in given.items() if value is not None})
    dump_problem(made, output)
    say(f"{made.id}: {counted(len(made.technicians), 'technician')}, {counted(len(made.calls), 'call')}, seed {seed}")


def made_of(preset: Preset, output: str, given: dict[str, Any]) -> ProblemDocument:
    """Return the document of a preset with some of its settings replaced, to be written to `output`."""
    from dispatch_engine.generator.generate import generate as generated
    from dispatch_engine.generator.settings import PRESETS, TIME_ZONE_BY_NETWORK
    from dispatch_engine.travel.network.file import load_network
    from dispatch_engine.travel.network.locate import locate_network

    if "network" in given:
        given = {"time_zone": TIME_ZONE_BY_NETWORK.get(given["network"], "UTC")} | given
    base = PRESETS[preset.value]
    changed: dict[str, Any] = {"id": "generated"} | given
    settings = base if changed == {"id": "generated", "seed": base.seed} else replace(base, **changed)
    found = locate_network(settings.network, Path.cwd())
    return generated(replace(settings, network=name_for(settings.network, output)), load_network(found))


def name_for(network: str, output: str) -> str:
    """Return what the document calls a network: a name as it is, a path as seen from the document's folder."""
    path = Path(network)
    if not path.suffix and len(path.parts) == 1:
        return network
    return str(path.resolve()) if output == STANDARD_STREAM else os.path.relpath(path, Path(output).parent)
