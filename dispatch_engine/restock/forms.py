"""The forms in which pick lists and loadouts are written. Free of heavy imports, for the command line."""

from enum import StrEnum
from pathlib import Path


class RestockFormat(StrEnum):
    """The forms of pick lists and recommended loadouts."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    MARKDOWN = "markdown"


FORM_BY_SUFFIX = {".csv": RestockFormat.CSV, ".json": RestockFormat.JSON, ".md": RestockFormat.MARKDOWN}


def form_for(path: str) -> RestockFormat:
    """Return the form that the name of a file asks for; a table where it asks for none."""
    return FORM_BY_SUFFIX.get(Path(path).suffix.lower(), RestockFormat.TABLE)
