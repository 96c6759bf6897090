"""Travel matrices: square, one for each profile in use, with a row for every place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault
from dispatch_engine.model.paths import place_paths, shift_paths

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.travel import Matrix


def check_matrices(problem: ProblemDocument) -> Iterator[Fault]:
    """Find matrices that are not square, and profiles without exactly one."""
    for i, matrix in enumerate(problem.travel.matrices):
        yield from _not_square(("travel", "matrices", i), matrix)
    if problem.travel.source == "matrix":
        counts = Counter(matrix.profile for matrix in problem.travel.matrices)
        for profile in sorted({capacity.profile for _, capacity, _ in shift_paths(problem)}):
            if counts[profile] != 1:
                yield fault("matrix_missing", ("travel", "matrices"), profile=profile, count=counts[profile])


def _not_square(path: Path, matrix: Matrix) -> Iterator[Fault]:
    size = len(matrix.places)
    for name, rows in (("duration_s", matrix.duration_s), ("distance_m", matrix.distance_m)):
        widths = [len(row) for row in rows]
        if widths != [size] * size:
            found = f"{len(rows)} rows of {min(widths, default=0)} to {max(widths, default=0)}"
            yield fault("matrix_shape", (*path, name), found, places=size)


def check_matrix_places(problem: ProblemDocument) -> Iterator[Fault]:
    """Find places that a matrix in use does not have."""
    if problem.travel.source != "matrix":
        return
    used = {capacity.profile for _, capacity, _ in shift_paths(problem)}
    matrices = [(matrix.profile, {*matrix.places}) for matrix in problem.travel.matrices if matrix.profile in used]
    for path, place in place_paths(problem):
        missing = [profile for profile, names in matrices if place.id not in names]
        if missing and (place.id is not None or place.has_coordinates):
            yield fault("not_in_matrix", path, place, profile=missing[0])
