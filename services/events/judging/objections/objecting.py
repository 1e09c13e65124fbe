"""Objecting: as what somebody may object to a result about an entry, and for which delegation."""

from __future__ import annotations

from sqlalchemy import select

from contracts.events.judging.objections import Locus, NoStanding
from kit.data.db import Session
from kit.rights.asking import holds
from kit.rights.right import Right
from services.events.judging.results.model import Result, ResultRow
from services.events.judging.results.rules import ObjectionRules
from services.events.rights import STANDS_AS


def locus_of(session: Session, result: Result, row: ResultRow, rules: ObjectionRules) -> tuple[Locus, str]:
    """As what the viewer objects about this row, and for which delegation (`organization:<id>`, `province:<code>`).

    They speak for the entry or, where the rules let anybody object who competes, for another one of the same result.
    Refuses with NoStanding.
    """
    series_id = result.stage.edition.series_id
    mine = {locus: STANDS_AS[locus].exactly() for locus in rules.standing}
    for locus, right in mine.items():
        own = row.organization_id if locus == Locus.REPRESENTATIVE else row.province
        if holds(session, right, organization_id=row.organization_id, province=row.province, series_id=series_id):
            return locus, _delegation(locus, own)
    if rules.about_any_entry:
        for locus, right in mine.items():
            competes = _competes(session, row.version_id, locus, right, series_id)
            if competes:
                return locus, _delegation(locus, competes)
    raise NoStanding("entryId")


def _competes(session: Session, version_id: str, locus: Locus, right: Right, series_id: str) -> str | None:
    """One of the organisations or provinces that the viewer stands for and that has an entry in the result."""
    stood_for = right.rows(
        session, organization_id=ResultRow.organization_id, province=ResultRow.province, series_id=series_id
    )
    column = ResultRow.organization_id if locus == Locus.REPRESENTATIVE else ResultRow.province
    query = select(column).where(ResultRow.version_id == version_id, stood_for).order_by(column).limit(1)
    return session.scalar(query)


def _delegation(locus: Locus, id_: str) -> str:
    return f"organization:{id_}" if locus == Locus.REPRESENTATIVE else f"province:{id_}"
