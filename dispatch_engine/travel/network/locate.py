"""Find a road network by path or by name, beside a document, in a checkout or in the installed package."""

from pathlib import Path

from dispatch_engine.travel.errors import NetworkNotFoundError

PACKAGE = Path(__file__).resolve().parents[2]
SHIPPED = (PACKAGE / "_data", PACKAGE.parent / "data")
"""Where networks come with the program: in the installed package, and in a checkout."""


def locate_network(name_or_path: str, base_dir: Path) -> Path:
    """Return the network file meant by a path or a name.

    Parameters
    ----------
    name_or_path
        `network.npz`, `../networks/porto.npz` or an absolute path; or a name such as `coquimbo`, which is looked
        for as `NAME.npz` and `NAME/network.npz`.
    base_dir
        Folder of the document that names it; searched before the networks that come with the program.

    Raises
    ------
    NetworkNotFoundError
        No file there; the message names every place that was searched.
    """
    candidates = _candidates(name_or_path, base_dir)
    found = next((path for path in candidates if path.is_file()), None)
    if found is None:
        raise NetworkNotFoundError(
            f"there is no road network {name_or_path!r}; searched {', '.join(str(path) for path in candidates)}",
            value=name_or_path,
            advice=f"Maybe build it: dispatch network build REGION.osm.pbf -o {base_dir / 'network.npz'}.",
        )
    if found.suffix != ".npz":
        raise NetworkNotFoundError(
            f"{found} is not a built road network, which ends in .npz",
            value=name_or_path,
            advice=f"Maybe build it first: dispatch network build {found} -o {base_dir / 'network.npz'}.",
        )
    return found


def _candidates(name_or_path: str, base_dir: Path) -> list[Path]:
    given = Path(name_or_path)
    if given.suffix or len(given.parts) != 1:
        return [base_dir / given]
    return [folder / tail for folder in (base_dir, *SHIPPED) for tail in (f"{given}.npz", Path(given, "network.npz"))]
