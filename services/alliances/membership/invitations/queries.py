"""What can be asked about letters: those of an alliance, how many it has sent, and who could be told instead."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, func, literal_column, select

from contracts.alliances.membership.invitations import InvitationLetterPosted
from contracts.authority import Role, Scope
from contracts.browsing import START, Stretch
from kit.data.db import Session
from kit.data.paging import Page, newest_first, page
from kit.messages.outbox import OutboxRow
from kit.rights.grants import Grant
from kit.rights.merged import one_with
from services.alliances.membership.invitations.model import InvitationLetter
from services.alliances.membership.memberships.model import MembershipStep
from services.alliances.registry.alliances.model import Alliance


def letter_of(session: Session, membership_id: str) -> InvitationLetter | None:
    """The letter of a membership, if one was ever sent; nobody else sends or answers one meanwhile."""
    query = select(InvitationLetter).where(InvitationLetter.membership_id == membership_id)
    return session.scalar(query.with_for_update())


def letter(session: Session, letter_id: str) -> InvitationLetter | None:
    """The letter; nobody else sends or answers it meanwhile."""
    return session.get(InvitationLetter, letter_id, with_for_update=True, populate_existing=True)


def letters(
    session: Session, *, alliance_id: str, answerable: bool | None = None, stretch: Stretch = START
) -> Page[InvitationLetter]:
    """The letters of an alliance by when they were posted, of each membership the newest; or those that can be answered."""
    query = select(InvitationLetter).where(InvitationLetter.alliance_id == alliance_id)
    if answerable:
        later = MembershipStep.version > InvitationLetter.membership_version
        query = query.where(
            InvitationLetter.address != literal_column("''"),  # so that the index of these serves it
            InvitationLetter.expires_at > session.now,
            ~exists().where(MembershipStep.membership_id == InvitationLetter.membership_id, later),
        )
    return page(session, query, stretch, orders=newest_first(InvitationLetter.posted_at, InvitationLetter.id))


def sent_since(session: Session, alliance_id: str, moment: datetime) -> int:
    """How many letters an alliance has sent since a moment, as the journal has them: one that was sent again counts again.

    Nobody else counts them meanwhile.
    """
    session.execute(select(Alliance.id).where(Alliance.id == alliance_id).with_for_update(key_share=True))
    newest = select(InvitationLetter.id).where(
        InvitationLetter.alliance_id == alliance_id, InvitationLetter.posted_at > moment
    )
    sent = select(func.count()).where(
        OutboxRow.subject_type == InvitationLetter.subject,
        OutboxRow.subject_id.in_(session.scalars(newest).all()),
        OutboxRow.type == InvitationLetterPosted.type,
        OutboxRow.time > moment,
    )
    return session.scalar(sent) or 0


def is_represented(session: Session, organization_id: str) -> bool:
    """Whether somebody represents the organisation, or one with which it was merged."""
    query = select(Grant.id).where(
        Grant.scope_type == Scope.organization(organization_id).type,
        Grant.scope_id.in_(one_with(session, organization_id)),
        Grant.role == Role.REPRESENTATIVE,
        Grant.revoked_at.is_(None),
    )
    return session.scalar(query.limit(1)) is not None
