"""Exports on the wire: one part of a table at a time, to whoever may have it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from contracts.events.exports import exports_forms as forms
from contracts.events.exports.exports import ExportKind
from contracts.exports_forms import MOST_ROWS
from contracts.refusals import NotFound
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.sheets.tables import Part
from services.events.editions.editions.queries import edition
from services.events.exports.exporting_entries import export_entries
from services.events.exports.exporting_fixtures import export_fixtures
from services.events.exports.exporting_results import export_results
from services.events.exports.exporting_scores import export_scores
from services.events.exports.parts import Export
from services.events.exports.rights import sight
from services.events.exports.schemas import table_view

EXPORTS: Mapping[ExportKind, Export] = {
    ExportKind.ENTRIES: export_entries,
    ExportKind.SCORES: export_scores,
    ExportKind.RESULTS: export_results,
    ExportKind.FIXTURES: export_fixtures,
}


class ExportsService(Service):
    """Entries, scores, results and fixtures as tables; the gateway makes files of them."""

    @query(forms.ExportRows)
    def export_rows(
        self,
        session: Session,
        *,
        kind: ExportKind,
        competition_id: str,
        first: int | None = None,
        after: str | None = None,
    ) -> dict[str, Any]:
        found = edition(session, competition_id)
        seen = sight(session, found)
        if found.published_at is None and not seen.runs:
            raise NotFound("competitionId")
        part = Part(first or MOST_ROWS, after)
        return table_view(EXPORTS[kind](session, found, seen, part), found)
