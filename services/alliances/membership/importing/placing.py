"""Placing: the class and the term of members, given to who joins by a sheet, and read for the sheet of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from kit.data.db import Session
from kit.sheets.tables import Cell, word
from services.alliances.membership.charters.reading import InForce, in_force, today
from services.alliances.membership.charters.rules import MemberClass
from services.alliances.membership.classes.calendar import most_at_once, on
from services.alliances.membership.classes.commands import put_into_classes
from services.alliances.membership.classes.queries import holders, periods_of
from services.alliances.membership.importing.joining import Held
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.renewals.giving import give_terms
from services.alliances.membership.renewals.queries import known_on, terms_of
from services.alliances.registry.importing.commands import Row


def give_places(session: Session, admitted: Sequence[Membership], rows: Mapping[str, Row], charter: InForce) -> None:
    """Who has joined one alliance by these rows has the class and the term that its row gives; refuses with ClassFull."""
    codes: dict[str, list[Membership]] = defaultdict(list)
    until: dict[str, date] = {}
    for each in admitted:
        row = rows[each.id]
        if code := row.get("member_class"):
            codes[code].append(each)
        if last := row.get("until"):
            until[each.id] = date.fromisoformat(last)
    put_into_classes(session, admitted[0].alliance_id, codes, charter)
    if until:
        spans = {id_: (today(session), last) for id_, last in until.items()}
        give_terms(session, [each for each in admitted if each.id in until], spans, charter)
        session.flush()


def held(session: Session, alliance_id: str) -> Held:
    """How many are in a class at most on any day from today on, each class asked for once."""
    known: dict[str, int] = {}

    def count(found: MemberClass) -> int:
        if found.code not in known:
            day = today(session)
            there = holders(session, alliance_id=alliance_id, code=found.code, since=day)
            known[found.code] = most_at_once(there, day, None)
        return known[found.code]

    return count


def places_on(
    session: Session, alliance_id: str, membership_ids: Collection[str], day: date, *, terms: bool
) -> dict[str, list[Cell]]:
    """The class of each of these members on a day, and the last day of its term, which is for both sides alone."""
    classes, periods = in_force(session, alliance_id, day).classes, periods_of(session, membership_ids)
    given = terms_of(session, membership_ids) if terms else {}
    found: dict[str, list[Cell]] = {}
    for id_ in membership_ids:
        period, term = on(periods[id_], day), known_on(given[id_], day) if terms else None
        code = period.code if period else classes.admitted_as
        known = classes.by_code.get(code)
        name = word(known.name_zh, known.name_en) if known else word(code, code)
        found[id_] = [name, term.until.isoformat() if term else None]
    return found
