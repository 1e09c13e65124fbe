"""Placing: the class, the term and the delegate of members, given to who joins by a sheet, and read for the sheet of a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from contracts.alliances.membership.delegates import DelegateKind
from contracts.alliances.membership.importing import EnterAs
from kit.data.db import Session
from kit.sheets.tables import Cell, word
from services.alliances.membership.charters.reading import InForce, in_force, today
from services.alliances.membership.charters.rules import MemberClass, MembersForm
from services.alliances.membership.classes.calendar import most_at_once, on
from services.alliances.membership.classes.commands import put_into_classes
from services.alliances.membership.classes.queries import holders, periods_of
from services.alliances.membership.delegates.by_name import name_voting, staff_of
from services.alliances.membership.delegates.model import Delegate
from services.alliances.membership.delegates.queries import delegates_of
from services.alliances.membership.importing.joining import Held, Joining
from services.alliances.membership.importing.queries import statuses
from services.alliances.membership.memberships.admitting import in_parent
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.memberships.queries import number_of_members
from services.alliances.membership.renewals.giving import give_terms
from services.alliances.membership.renewals.queries import known_on, terms_of
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.importing.commands import Row


def give_places(session: Session, admitted: Sequence[Membership], rows: Mapping[str, Row], charter: InForce) -> None:
    """Who has joined one alliance by these rows has the class, the term and the delegate that its row gives.

    Refuses with ClassFull or DelegateNotAffiliated.
    """
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
    _give_delegates(session, admitted, rows, charter)


def _give_delegates(
    session: Session, admitted: Sequence[Membership], rows: Mapping[str, Row], charter: InForce
) -> None:
    named = {each.id: (row["delegate"], row["position"]) for each in admitted if (row := rows[each.id]).get("delegate")}
    members = [each for each in admitted if each.id in named]
    if members:
        bodies = {each.organization.current.id for each in members}
        staff = staff_of(session, charter, bodies, {name for name, _ in named.values()})
        name_voting(session, staff, named, members)
        session.flush()


def joining_by(
    session: Session, alliance: Alliance, organization_ids: Sequence[str], enter_as: EnterAs, names: Collection[str]
) -> Joining:
    """By what rows are judged that name these organisations, and who votes for them by these names."""
    charter = in_force(session, alliance.id)
    rules = charter.section(MembersForm)
    there = number_of_members(session, alliance.id) if rules.cap is not None else 0
    return Joining(
        statuses=statuses(session, alliance.id, organization_ids),
        enter_as=enter_as,
        classes=charter.classes,
        held=held(session, alliance.id),
        today=today(session),
        staff=staff_of(session, charter, organization_ids, {name for name in names if name}),
        check_in_parent=in_parent(session, alliance, organization_ids, rules),
        room=None if rules.cap is None else rules.cap - there,
        cap=rules.cap or 0,
    )


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
    session: Session, alliance_id: str, membership_ids: Collection[str], day: date, *, own: bool
) -> dict[str, list[Cell]]:
    """The class of each of these members on a day, and for both sides alone the last day of its term and who votes for it."""
    classes, periods = in_force(session, alliance_id, day).classes, periods_of(session, membership_ids)
    given = terms_of(session, membership_ids) if own else {}
    speaking = delegates_of(session, membership_ids) if own else {}
    found: dict[str, list[Cell]] = {}
    for id_ in membership_ids:
        period, term = on(periods[id_], day), known_on(given[id_], day) if own else None
        code = period.code if period else classes.admitted_as
        known = classes.by_code.get(code)
        name = word(known.name_zh, known.name_en) if known else word(code, code)
        found[id_] = [name, term.until.isoformat() if term else None, *_votes(speaking.get(id_, []), day)]
    return found


def _votes(delegates: Sequence[Delegate], day: date) -> list[Cell]:
    """The name and the position of who votes on a day."""
    found = next((each for each in delegates if each.kind == DelegateKind.VOTING and each.speaks_on(day)), None)
    return [found.name or None, found.position] if found else [None, None]
