"""How the reader of a cell says what is wrong with it."""

from __future__ import annotations


class CellError(ValueError):
    """A cell holds something else than its column says.

    Parameters
    ----------
    code
        Of the catalogue.
    detail
        What fills the templates of rule and advice.
    """

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
