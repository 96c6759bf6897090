"""Times, lengths and amounts as people read them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal


def clock(at: datetime, day: date) -> str:
    """Return hours and minutes, with the days between where it is another day."""
    days = (at.date() - day).days
    return f"{at:%H:%M}" + (f" {days:+d} d" if days else "")


def day_name(day: date) -> str:
    """Return a date such as ``Monday 2 March 2026``."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def moment(at: datetime) -> str:
    """Return date and time with the offset from UTC."""
    offset = at.utcoffset() or timedelta(0)
    sign, minutes = "−" if offset < timedelta(0) else "+", abs(offset) // timedelta(minutes=1)
    return f"{day_name(at.date())} {at:%H:%M} (UTC{sign}{minutes // 60:02d}:{minutes % 60:02d})"


def length_of_time(seconds: float) -> str:
    """Return hours and minutes to the whole minute; below a minute, seconds."""
    if 0 < seconds < 60:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02d} min"


def kilometres(metres: int) -> str:
    """Return kilometres, with a decimal below a hundred."""
    km = metres / 1000
    return f"{km:.1f} km" if km < 100 else f"{km:,.0f} km"


def money(amount: Decimal) -> str:
    """Return an amount with two decimals and thousands set apart."""
    return f"{amount:,.2f}".replace("-", "−")
