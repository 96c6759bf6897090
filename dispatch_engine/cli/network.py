"""`dispatch network`: build a road network from OpenStreetMap, and tell what one holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dispatch_engine.cli.outputs import STANDARD_STREAM, require_writable
from dispatch_engine.cli.terminal import stderr

if TYPE_CHECKING:
    from dispatch_engine.travel.network.file import NetworkInfo

network = typer.Typer(no_args_is_help=True, help="Build a road network, or tell what one holds.")


@network.command()
def build(
    source: Annotated[Path, typer.Argument(help="OpenStreetMap extract, such as region.osm.pbf.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The network file to write, such as network.npz.")],
) -> None:
    """Build the road network of an OpenStreetMap extract."""
    from dispatch_engine.travel.network.build import build_network

    if str(output) == STANDARD_STREAM:
        raise typer.BadParameter("a network is written to a file, not to standard output", param_hint="--output")
    require_writable(output, kept=(source,))
    with stages() as stage:
        info = build_network(source, output, stage)
    typer.echo("\n".join(describe(info)))


@network.command("info")
def tell(
    name: Annotated[str, typer.Argument(help="A network file, or the name of one that comes with the program.")],
) -> None:
    """Tell what a road network holds and where it came from."""
    from dispatch_engine.travel.network.file import network_info
    from dispatch_engine.travel.network.locate import locate_network

    typer.echo("\n".join(describe(network_info(locate_network(name, Path.cwd())))))


@contextmanager
def stages() -> Iterator[Callable[[str, int], None]]:
    """Show the stage of the work while the block runs, where stderr is a terminal."""
    console = stderr()
    if not console.is_terminal:
        yield lambda _stage, _count: None
        return
    with console.status("starting") as status:
        yield lambda stage, count: status.update(f"{stage}: {count:,}")


def describe(info: NetworkInfo) -> list[str]:
    """Return what a network holds, a line for each fact."""
    box = info.bbox
    return [
        f"file         {info.path}",
        f"size         {info.size_bytes:,} bytes",
        f"sha256       {info.sha256}",
        f"nodes        {info.nodes:,}",
        f"segments     {info.segments:,}",
        f"points       {info.points:,}",
        f"roads        {info.length_km:,.1f} km",
        *(f"  {name:<15}{length_km:>10,.1f} km" for name, length_km in info.length_km_by_class.items()),
        f"latitude     {box.south:.5f} to {box.north:.5f}",
        f"longitude    {box.west:.5f} to {box.east:.5f}",
        f"built from   {info.origin.file_name} (sha256 {info.origin.file_sha256})",
        f"attribution  {info.origin.attribution}",
    ]
