"""The form of an export of a competition."""

from __future__ import annotations

from contracts.events.exports.exports import ExportKind
from contracts.exports_forms import Part
from contracts.forms import choice, identifier


class ExportRows(Part):
    """A part of a table of a competition; `after` is what the part before ended with."""

    kind = choice(ExportKind)
    competition_id = identifier()
