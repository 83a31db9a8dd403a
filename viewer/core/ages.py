"""How old somebody was, by dates as files store them (YYYYMMDD)."""

from __future__ import annotations

from datetime import UTC, date, datetime

OLDEST = 130.0
_DAYS = 365.2425


def years_between(birth: str, day: str) -> float | None:
    """Return the age on a day, in years; None where a date is missing or makes no sense."""
    born, then = _date(birth), _date(day)
    if born is None or then is None:
        return None
    years = (then - born).days / _DAYS
    return years if 0 <= years <= OLDEST else None


def _date(stored: str) -> date | None:
    try:
        return datetime.strptime(stored.strip(), "%Y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None
