"""The form of an export: one part of a table at a time."""

from __future__ import annotations

from contracts.events.exports.exports import ExportKind
from contracts.forms import Input, choice, identifier, verbatim, whole

MOST_ROWS = 1000


class ExportRows(Input):
    """A part of a table; `after` is what the part before ended with."""

    kind = choice(ExportKind)
    competition_id = identifier()
    first = whole(min=1, max=MOST_ROWS, required=False)
    after = verbatim(max=500, required=False)
