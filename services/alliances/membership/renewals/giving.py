"""Giving: a membership gets a term, the one before counts no longer, and the next rung of its ladder is planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import update

from kit.clock import CHINA
from kit.data.db import Session
from kit.ids import new_id
from kit.work import timers
from procedures.terms.ladder import Ladder, Standing, coming, missed, rungs
from services.alliances.membership.charters.reading import InForce, today
from services.alliances.membership.charters.rules import TermRules, TermsForm
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.renewals.model import MembershipTerm
from services.alliances.membership.renewals.queries import newest_numbers

NEXT_RUNG = "next_rung"
DAY = timedelta(days=1)
Span = tuple[date, date]
"""The first and the last day."""


def give_terms(
    session: Session, memberships: Sequence[Membership], spans: Mapping[str, Span], charter: InForce
) -> list[MembershipTerm]:
    """Memberships of one alliance get terms by what its charter says: for each the days that `spans` has under its id."""
    ids = [membership.id for membership in memberships]
    numbers = newest_numbers(session, ids)
    session.execute(update(MembershipTerm).where(MembershipTerm.membership_id.in_(ids)).values(current=False))
    ladder = charter.section(TermsForm).ladder
    terms = [_term(session, each, spans[each.id], numbers.get(each.id, 0) + 1, charter) for each in memberships]
    session.add_all(terms)
    plan(session, [(term, ladder) for term in terms])
    return terms


def first_span(rules: TermRules, joined: date) -> Span | None:
    """The days of the first term of a member who joins on a day; None where terms have no end."""
    if rules.years is None:
        return None
    last = _years_later(joined, rules.years) - DAY
    return joined, last.replace(month=12, day=31) if rules.at_year_end else last


def plan(session: Session, terms: Sequence[tuple[MembershipTerm, Ladder]]) -> None:
    """Have the ladders of these terms go on: now where a rung was missed, else on the day of the next."""
    day = today(session)
    whens: dict[str, datetime] = {}
    for term, ladder in terms:
        if missed(term.until, ladder, told=term.told, today=day):
            whens[term.membership_id] = session.now
        elif rung := coming(term.until, ladder, today=day):
            whens[term.membership_id] = datetime.combine(rung.day, time.min, CHINA)
        else:
            timers.cancel(session, NEXT_RUNG, term.membership_id)
    timers.at_each(session, whens, NEXT_RUNG)


def _term(session: Session, membership: Membership, span: Span, number: int, charter: InForce) -> MembershipTerm:
    since, until = span
    steps = rungs(until, charter.section(TermsForm).ladder)
    reminders = [rung.day for rung in steps if rung.standing == Standing.RENEWAL_DUE and rung.day <= today(session)]
    return MembershipTerm(
        id=new_id(),
        alliance_id=membership.alliance_id,
        membership_id=membership.id,
        membership=membership,
        number=number,
        since=since,
        until=until,
        current=True,
        charter=charter.charter.number if charter.charter else 0,
        due_on=steps[0].day if steps else until + DAY,
        told=max(reminders, default=None),
        created_at=session.now,
    )


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # the 29th of February
        return date(day.year + years, 3, 1)
