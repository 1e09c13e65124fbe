"""Preview: what a re-judging would come to now: the new rows, and their difference from the version that stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import orjson

from kit.data.db import Session
from services.events.judging.rejudging.changes import Changes, NewSheet, Sheet, changed
from services.events.judging.rejudging.difference import Change, difference, digest
from services.events.judging.rejudging.model import RejudgedSheet, Rejudging, Ruling
from services.events.judging.results.evidence import Evidence, Sheets, Standings
from services.events.judging.results.finishing import rows_of
from services.events.judging.results.gathering import Basis, basis_in, basis_of, ranking_of
from services.events.judging.results.model import Result
from services.events.judging.results.queries import documents
from services.events.judging.results.rows import Row


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What would become the next version of a result, as `digest` says it exactly."""

    basis: Basis
    rows: list[Row]
    changes: list[Change]
    digest: str


def preview(session: Session, result: Result, rejudging: Rejudging) -> Preview:
    """The version that stands, with the changes of a re-judging and nothing else.

    It is ranked by the rules and from the evidence of that version, whatever has become of either since; only standings
    are read again, because fixtures are corrected where they are kept.
    """
    version = result.announced
    assert version, "only what was announced is objected to"
    before = [each.row for each in rows_of(session, version)]
    known = {row.entry_id: row for row in before}
    basis = basis_in(orjson.loads(documents(session, version).whole_document))
    evidence = _present(session, result, basis, known)
    after = replace(basis, evidence=changed(evidence, _changes(rejudging, basis)))
    rows = ranking_of(after, known)
    changes = difference(before, rows)
    named = digest(changes, rejudging_id=rejudging.id, based_on=version.digest, rows=rows)
    return Preview(basis=after, rows=rows, changes=changes, digest=named)


def _present(session: Session, result: Result, basis: Basis, known: dict[str, Row]) -> Evidence:
    """The evidence of the version that stands, or for standings what they are now."""
    if isinstance(basis.evidence, Sheets):
        return basis.evidence
    now = basis_of(session, result.stage, known).evidence
    assert isinstance(now, Standings), "a stage keeps its source"
    return replace(now, disqualified=basis.evidence.disqualified)


def _changes(rejudging: Rejudging, basis: Basis) -> Changes:
    key_of = {entry_id: key for key, entry_id in basis.entry_of.items()}
    rulings = rejudging.standing_rulings
    return Changes(
        judged=tuple(_new(sheet) for sheet in rejudging.newest_sheets),
        excluded=tuple(_sheet(ruling) for ruling in rulings if not ruling.disqualifies),
        disqualified=frozenset(key_of[ruling.entry_id] for ruling in rulings if ruling.disqualifies),
    )


def _new(given: RejudgedSheet) -> NewSheet:
    sheet = Sheet(assignment_id=given.assignment_id, seat_id=given.seat_id, code=given.code)
    points = {key: Decimal(value) for key, value in given.points.items()}
    return NewSheet(sheet=sheet, appointed=given.appointed, points=points)


def _sheet(ruling: Ruling) -> Sheet:
    return Sheet(
        assignment_id=str(ruling.assignment_id),
        seat_id=str(ruling.seat_id),
        code=str(ruling.code),
    )
