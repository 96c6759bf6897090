"""The forms in which a plan can be exported. Free of heavy imports, for the command line."""

from enum import StrEnum


class ExportFormat(StrEnum):
    """The forms of a plan."""

    CSV = "csv"
    GEOJSON = "geojson"
    ICAL = "ical"
    JSON = "json"
