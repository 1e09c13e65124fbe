"""What can be done about terms: renew, correct, and climb the ladder when the time has come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import update

from contracts.alliances.membership.memberships import MembershipStands, MembershipStatus, TermInvalid
from contracts.alliances.membership.renewals import GraceBegan, MembershipRenewed, RenewalDue
from contracts.refusals import NothingChanged
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.terms.ladder import Rung, Standing, missed
from services.alliances.membership.charters.reading import InForce, charter_of, charters_of, in_force, today
from services.alliances.membership.charters.rules import MembersForm, TermsForm
from services.alliances.membership.memberships.admitting import check_cap, check_in_parent
from services.alliances.membership.memberships.commands import lapse_membership, return_member
from services.alliances.membership.memberships.model import LIVES, Membership
from services.alliances.membership.renewals.giving import DAY, Span, first_span, give_terms, plan
from services.alliances.membership.renewals.model import MembershipTerm
from services.alliances.membership.renewals.queries import current_term, current_terms


def begin_terms(session: Session, memberships: Sequence[Membership], charter: InForce) -> None:
    """Members of one alliance have joined: each has the first term that its charter gives, if it gives one."""
    span = first_span(charter.section(TermsForm), today(session))
    if span:
        give_terms(session, memberships, {each.id: span for each in memberships}, charter)
    else:
        _count_no_longer(session, [each.id for each in memberships])


def renew_membership(session: Session, *, membership: Membership, until: date, reason: str) -> None:
    """Give the next term; one that has lapsed is a member again.

    Refuses with MembershipStands, TermInvalid, CapReached or NotInParent.
    """
    lapsed = membership.status == MembershipStatus.LAPSED
    before = current_term(session, membership.id)
    check_can_be_renewed(membership, before)
    charter = in_force(session, membership.alliance_id)
    since = before.until + DAY if before and not lapsed else today(session)
    earliest = max(since, today(session))
    if until < earliest:
        raise TermInvalid("until", earliest=earliest.isoformat())
    if lapsed:
        rules = charter.section(MembersForm)
        check_cap(session, membership.alliance_id, rules)
        check_in_parent(session, membership.alliance, [membership.organization.current.id], rules)
        return_member(session, membership=membership, reason=reason)
    give_terms(session, [membership], {membership.id: (since, until)}, charter)
    _say(session, membership, until, reason)


def next_span(membership: Membership, term: MembershipTerm | None, until: date, day: date) -> Span:
    """The days of the next term of who is a member on a day; refuses with MembershipStands or TermInvalid."""
    if membership.status not in LIVES:
        raise MembershipStands.at(membership.status)
    since = term.until + DAY if term else day
    if until < max(since, day):
        raise TermInvalid("until", earliest=max(since, day).isoformat())
    return since, until


def check_can_be_renewed(membership: Membership, term: MembershipTerm | None) -> None:
    """It lives, or lapsed at the end of a term; refuses with MembershipStands."""
    lapsed = membership.status == MembershipStatus.LAPSED and term is not None
    if membership.status not in LIVES and not lapsed:
        raise MembershipStands.at(membership.status)


def renewable(session: Session, memberships: Sequence[Membership]) -> Callable[[Membership], None]:
    """`check_can_be_renewed`, for these memberships."""
    terms = {term.membership_id: term for term in current_terms(session, [each.id for each in memberships])}
    return lambda membership: check_can_be_renewed(membership, terms.get(membership.id))


def check_has_term(membership: Membership) -> None:
    """A term of it can be corrected; refuses with MembershipStands."""
    if membership.status not in LIVES:
        raise MembershipStands.at(membership.status)


def correct_term(session: Session, *, membership: Membership, joined: date, until: date, reason: str) -> None:
    """Another last day in the place of a wrong one; refuses with MembershipStands, TermInvalid or NothingChanged."""
    check_has_term(membership)
    wrong = current_term(session, membership.id)
    since = wrong.since if wrong else joined
    if until < since:
        raise TermInvalid("until", earliest=since.isoformat())
    if wrong and until == wrong.until:
        raise NothingChanged("until")
    charter = in_force(session, membership.alliance_id)
    give_terms(session, [membership], {membership.id: (since, until)}, charter)
    _say(session, membership, until, reason, corrected=True)


def climb(session: Session, *, membership_id: str) -> Membership | None:
    """Tell and do what the newest rung says that was missed, and plan the next; returns the membership if it has lapsed."""
    term = current_term(session, membership_id)
    if term is None or term.membership.status not in LIVES:
        return None
    ladder = charter_of(session, term.alliance_id, term.charter).section(TermsForm).ladder
    if rung := missed(term.until, ladder, told=term.told, today=today(session)):
        term.told = rung.day
        if rung.standing == Standing.LAPSED:
            return lapse_membership(session, membership=term.membership, until=term.until)
        _tell(session, term, rung, ladder.grace)
    plan(session, [(term, ladder)])
    return None


def go_on(session: Session, memberships: Collection[Membership]) -> None:
    """Mergers of memberships were undone: their ladders go on, with the newest rung that was missed meanwhile."""
    terms = current_terms(session, [each.id for each in memberships if each.status in LIVES])
    charters = charters_of(session, {(each.alliance_id, each.charter) for each in terms})
    ladders = [charters[each.alliance_id, each.charter].section(TermsForm).ladder for each in terms]
    plan(session, list(zip(terms, ladders, strict=True)))


def end_terms(session: Session, memberships: Collection[Membership]) -> None:
    """Memberships have ended: their terms count no longer; of those that lapsed they stay in sight, to be renewed after all."""
    _count_no_longer(session, [each.id for each in memberships if each.status != MembershipStatus.LAPSED])


def _count_no_longer(session: Session, membership_ids: Sequence[str]) -> None:
    query = update(MembershipTerm).where(MembershipTerm.membership_id.in_(membership_ids), MembershipTerm.current)
    session.execute(query.values(current=False))


def _tell(session: Session, term: MembershipTerm, rung: Rung, grace: int) -> None:
    about = _about(term.membership, term.until)
    if rung.standing == Standing.IN_GRACE:
        record(session, term.membership, GraceBegan(**about, grace_ends=term.until + timedelta(days=grace)))
    else:
        left = (term.until - today(session)).days
        record(session, term.membership, RenewalDue(**about, days_left=left))


def _say(session: Session, membership: Membership, until: date, reason: str, *, corrected: bool = False) -> None:
    say_renewed(session, membership, until, reason, corrected=corrected)
    session.flush()


def say_renewed(session: Session, membership: Membership, until: date, reason: str, *, corrected: bool = False) -> None:
    """Say that a membership has a new term."""
    record(session, membership, MembershipRenewed(**_about(membership, until), reason=reason, corrected=corrected))


def _about(membership: Membership, until: date) -> dict[str, Any]:
    return {
        "membership_id": membership.id,
        "alliance": membership.alliance.named,
        "organization": membership.organization.named,
        "until": until,
    }
