"""Times: the years in which whatever the hub deals with takes place; a day or a moment outside of them is a slip or a trial.

They leave room on both sides: whatever is worked out from such a moment can still be said in every zone.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2200, 12, 31)
_FIRST = datetime(FIRST_DAY.year, 1, 1, tzinfo=UTC)
_BEHIND = datetime(LAST_DAY.year + 1, 1, 1, tzinfo=UTC)


def within(time: date) -> bool:
    """Whether a day, or a moment with its zone, lies in these years."""
    if isinstance(time, datetime):
        return _FIRST <= time < _BEHIND
    return FIRST_DAY <= time <= LAST_DAY
