"""The form of an export: one part of a table at a time."""

from __future__ import annotations

from contracts.forms import Input, text, whole

MOST_ROWS = 1000


class Part(Input):
    """A part of a table; `after` is what the part before ended with."""

    first = whole(min=1, max=MOST_ROWS, required=False)
    after = text(max=500, required=False)
