"""Posting: a letter is posted to an organisation that nobody represents, and answered by its code, which is kept nowhere."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.alliances.membership import invitations as say
from contracts.base import LANGUAGES
from contracts.refusals import InvalidInput, Required
from kit.data.conflicts import Contended
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.forgetting import forget
from kit.messages.outbox import record
from kit.work import timers
from procedures.addresses.address import check_address
from services.alliances.membership.invitations import queries
from services.alliances.membership.invitations.commands import accept_invitation
from services.alliances.membership.invitations.model import InvitationLetter, check_invited
from services.alliances.membership.invitations.settings import LetterSettings
from services.alliances.membership.memberships.commands import INVITATION_SETTLED, decline_membership
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.memberships.queries import membership as find_membership
from services.alliances.membership.memberships.queries import steps_of

DAY = timedelta(days=1)


def post_invitation(
    session: Session, limits: LetterSettings, *, membership: Membership, address: str, language: str | None = None
) -> InvitationLetter:
    """Have a letter sent in place of the one before; refuses with MembershipStands, RepresentativeKnown,
    TooManyInvitationLetters or AddressInvalid.
    """
    check_invited(membership)
    if queries.is_represented(session, membership.organization.current.id):
        raise say.RepresentativeKnown
    if queries.sent_since(session, membership.alliance_id, session.now - DAY) >= limits.a_day:
        raise say.TooManyInvitationLetters(most=limits.a_day)
    letter = queries.letter_of(session, membership.id) or InvitationLetter(
        id=new_id(), created_at=session.now, membership_id=membership.id, alliance_id=membership.alliance_id, version=0
    )
    letter.membership_version, letter.address = membership.version, check_address(address)
    letter.language, letter.posted_by, letter.posted_at = language or LANGUAGES[0], session.viewer.id, session.now
    longest = session.now + timedelta(days=limits.days)
    letter.expires_at = min(membership.answer_by or longest, longest)
    session.add(letter)
    if letter.version:
        forget(session, letter, say.InvitationLetterPosted)
    record(session, letter, _posted(letter, membership))
    try:
        session.flush()
    except IntegrityError as error:  # somebody else posted the first one at the same moment: to be looked at anew
        raise Contended from error
    timers.at(session, letter.expires_at, INVITATION_SETTLED, membership.id)
    return letter


def answer_invitation(session: Session, claims: dict[str, Any], *, accepts: bool, reason: str | None) -> Membership:
    """The organisation says yes, or no with a reason; refuses with InvitationCodeVoid, whatever is wrong."""
    letter = queries.letter(session, claims["id"])
    if letter is None:
        raise say.InvitationCodeVoid("code")
    if not letter.is_answered_by(claims, session.now) or _is_settled(session, letter):
        raise say.InvitationCodeVoid("code")
    membership = find_membership(session, letter.membership_id)
    if not accepts and not reason:
        raise InvalidInput(Required("reason"))
    _forget(session, letter)
    if accepts:
        return accept_invitation(session, membership=membership)
    return decline_membership(session, membership=membership, reason=reason or "")


def forget_settled(session: Session, membership_id: str) -> None:
    """Forget the address of a letter that nobody can answer any more; of any other nothing changes."""
    letter = queries.letter_of(session, membership_id)
    if letter and (letter.expires_at <= session.now or _is_settled(session, letter)):
        _forget(session, letter)


def _is_settled(session: Session, letter: InvitationLetter) -> bool:
    """Whether the membership has taken a step since."""
    [latest, *_] = steps_of(session, {letter.membership_id})[letter.membership_id]
    return letter.is_settled_by(latest)


def _forget(session: Session, letter: InvitationLetter) -> None:
    letter.address = ""
    forget(session, letter, say.InvitationLetterPosted)
    timers.cancel(session, INVITATION_SETTLED, letter.membership_id)


def _posted(letter: InvitationLetter, membership: Membership) -> say.InvitationLetterPosted:
    return say.InvitationLetterPosted(
        letter_id=letter.id,
        membership_id=membership.id,
        membership_version=membership.version,
        alliance=membership.alliance.named,
        organization=membership.organization.named,
        address=letter.address,
        language=letter.language,
        invited_by=letter.posted_by,
        expires_at=letter.expires_at,
    )
