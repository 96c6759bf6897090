"""Routes, stops and unplanned calls as GeoJSON (RFC 7946), for maps and geographic tools.

Routes are lines, stops and unplanned calls points; ``kind`` in the properties tells them apart. What has no place
has no geometry.
"""

from __future__ import annotations

import json
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from dispatch_engine.exports.rows import stop_rows
from dispatch_engine.missing_words import lacking_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.exports.lines import DrivenLines
    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.missing_parts import MissingParts
    from dispatch_engine.model.plan import Route, UnplannedCall
    from dispatch_engine.travel.source import LatLon

DIGITS = 6
"""Of a degree: a tenth of a metre, as RFC 7946 section 11.2 advises."""

Position: TypeAlias = tuple[float, float]
Feature: TypeAlias = dict[str, Any]


def geojson_text(view: PlanView, lines: DrivenLines) -> bytes:
    """Return a feature collection; ``lines`` are those of the plan's routes."""
    features = [
        *(_route(view, route, legs, lines) for route, legs in zip(view.plan.routes, lines.legs, strict=True)),
        *(_stop(row) for row in stop_rows(view) if row["kind"] != "break"),
        *(_unplanned(view, each) for each in view.plan.unplanned),
    ]
    whole = {"type": "FeatureCollection", "attribution": view.plan.travel.attribution, "features": features}
    return f"{json.dumps(whole, ensure_ascii=False)}\n".encode()


def cut_at_antimeridian(line: Sequence[Position]) -> list[list[Position]]:
    """Return the parts of a line of (longitude, latitude) between crossings of 180 degrees (RFC 7946 section 3.1.9)."""
    parts = [[line[0]]]
    for (west, south), (east, north) in pairwise(line):
        if abs(east - west) > 180.0:
            edge = 180.0 if west > 0 else -180.0
            share = (edge - west) / (east + 2 * edge - west)
            lat = round(south + (north - south) * share, DIGITS)
            parts[-1].append((edge, lat))
            parts.append([(-edge, lat)])
        parts[-1].append((east, north))
    return parts


def _route(view: PlanView, route: Route, legs: Sequence[Sequence[LatLon]], lines: DrivenLines) -> Feature:
    properties = {
        "kind": "route",
        "technician": route.technician,
        "technician_name": view.technician_name(route.technician),
        "shift": route.shift,
        "departure": view.local(route.departure).isoformat(),
        "end": view.local(route.end).isoformat(),
        "visits": route.totals.visits,
        "driving_s": route.totals.driving_s,
        "distance_m": route.totals.distance_m,
        "along_roads": lines.along_roads,
    }
    return _feature(_line_geometry([*_joined(legs)]), properties)


def _joined(legs: Sequence[Sequence[LatLon]]) -> Iterator[Position]:
    """Yield the points of all legs as one line, without repeats."""
    before: Position | None = None
    for point in chain.from_iterable(legs):
        position = (round(point.lon, DIGITS), round(point.lat, DIGITS))
        if position != before:
            yield position
        before = position


def _line_geometry(line: list[Position]) -> Feature | None:
    if len(line) < 2:
        return None
    parts = cut_at_antimeridian(line)
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def _stop(row: dict[str, Any]) -> Feature:
    properties = {name: value for name, value in row.items() if name not in ("lat", "lon") and value is not None}
    return _feature(_point_geometry(row["lat"], row["lon"]), properties)


def _unplanned(view: PlanView, each: UnplannedCall) -> Feature:
    call = view.calls.get(each.call)
    point = view.position(call.place) if call else None
    properties = {
        "kind": "unplanned",
        "call": each.call,
        "call_name": view.call_name(each.call),
        "priority": each.priority,
        "reasons": list(dict.fromkeys(reason.code for reason in each.reasons)),
        **_missing_values(each.missing_parts),
    }
    return _feature(_point_geometry(point.lat if point else None, point.lon if point else None), properties)


def _missing_values(missing: MissingParts | None) -> Feature:
    """Return what lacks and the smallest change, where parts do."""
    if missing is None:
        return {}
    return {
        "missing_parts": lacking_words(missing),
        "smallest_change": missing.changes[0].message if missing.changes else None,
    }


def _point_geometry(lat: float | None, lon: float | None) -> Feature | None:
    if lat is None or lon is None:
        return None
    return {"type": "Point", "coordinates": (round(lon, DIGITS), round(lat, DIGITS))}


def _feature(geometry: Feature | None, properties: Feature) -> Feature:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
