"""Locus: as what somebody may object to a result about an entry, and for which delegation."""

from __future__ import annotations

from sqlalchemy import select

from contracts.authority import Role, Scope
from contracts.events.judging.objections import Locus, NoStanding
from kit.authz import scopes_of
from kit.data.db import Session
from services.events.judging.results.model import Result, ResultRow
from services.events.judging.results.rules import ObjectionRules


def locus_of(session: Session, result: Result, row: ResultRow, rules: ObjectionRules) -> tuple[Locus, str]:
    """As what the viewer objects about this row, and for which delegation (`organization:<id>`, `province:<code>`).

    They speak for the entry or, where the rules let anybody object who competes, for another one of the same result.
    Refuses with NoStanding.
    """
    series_id = result.stage.edition.series_id
    spoken_for = _spoken_for(session, series_id)
    mine = {locus: spoken_for[locus] for locus in rules.standing}
    for locus, scopes in mine.items():
        own = row.organization_id if locus == Locus.REPRESENTATIVE else row.province
        if own in scopes:
            return locus, _delegation(locus, own)
    if rules.about_any_entry:
        for locus, scopes in mine.items():
            competes = _competes(session, row.version_id, locus, scopes)
            if competes:
                return locus, _delegation(locus, competes)
    raise NoStanding("entryId")


def _spoken_for(session: Session, series_id: str) -> dict[Locus, list[str]]:
    """The organisations, and the codes of the provinces, for which the viewer speaks."""
    led = Scope.delegation(series_id, "").id
    leads = [scope for scope in scopes_of(session, Role.DELEGATION_LEADER) if scope.startswith(led)]
    return {
        Locus.REPRESENTATIVE: scopes_of(session, Role.REPRESENTATIVE),
        Locus.DELEGATION_LEADER: [scope.removeprefix(led) for scope in leads],
        Locus.PROVINCE_OFFICE: scopes_of(session, Role.PROVINCE_OFFICE),
    }


def _competes(session: Session, version_id: str, locus: Locus, scopes: list[str]) -> str | None:
    """One of these organisations or provinces that has an entry in the result."""
    column = ResultRow.organization_id if locus == Locus.REPRESENTATIVE else ResultRow.province
    query = select(column).where(ResultRow.version_id == version_id, column.in_(scopes)).order_by(column).limit(1)
    return session.scalar(query)


def _delegation(locus: Locus, id_: str) -> str:
    return f"organization:{id_}" if locus == Locus.REPRESENTATIVE else f"province:{id_}"
