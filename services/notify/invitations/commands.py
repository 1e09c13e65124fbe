"""What can be done about e-mails of invitations: keep what is to be sent, forget it, and say what was given up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select, update

from contracts.alliances.membership.invitations import InvitationLetterPosted
from contracts.alliances.people.invitations import RoleAccepted, RoleInvitationPosted, RoleOfferWithdrawn
from contracts.base import Message, Named
from contracts.notify.delivery import DeliveryState
from contracts.notify.invitations import InvitationLetterNotDelivered, InvitationNotDelivered
from kit.data.db import Session
from kit.messages.handlers import Received
from kit.messages.outbox import record
from kit.telemetry import tracing
from kit.work.due import State
from kit.work.timers import at, cancel
from services.notify.delivery.commands import MAYBE_SENT
from services.notify.invitations.model import INVITATIONS, InvitationMail

Said = TypeVar("Said", bound=Message)
Step = RoleInvitationPosted | RoleAccepted | RoleOfferWithdrawn
FORGET_INVITATION = "forget_invitation"


def keep_invitations(session: Session, received: Sequence[Received[Step]]) -> None:
    """Send what was posted last, and nothing of what is settled, in whatever order it is heard of."""
    for message, version, mail in _news(session, received, lambda said: said.role_invitation_id):
        mail.heard = version
        if isinstance(message, RoleInvitationPosted):
            mail.role, mail.scope = message.role, vars(message.scope) if message.scope else None
            _post(session, mail, message)
        else:
            _settle(session, mail)


def keep_letters(session: Session, received: Sequence[Received[InvitationLetterPosted]]) -> None:
    """Send the letter that was posted last; whether it is settled is looked at when it is sent."""
    for message, version, mail in _news(session, received, lambda said: said.letter_id):
        mail.heard = version
        pair = {"alliance": vars(message.alliance), "organization": vars(message.organization)}
        mail.membership = {"id": message.membership_id, "version": message.membership_version, **pair}
        _post(session, mail, message)


def _news(
    session: Session, received: Sequence[Received[Said]], id_of: Callable[[Said], str]
) -> Iterator[tuple[Said, int, InvitationMail]]:
    """What is heard last of each invitation, its version and the e-mail, of those of which nothing newer was heard."""
    newest = {id_of(one.message): one for one in sorted(received, key=lambda one: one.envelope.version)}
    for id_, one in sorted(newest.items()):
        mail = session.get(InvitationMail, id_, with_for_update=True)
        if mail is None:
            mail = InvitationMail(id=id_, created_at=session.now, state=DeliveryState.SKIPPED, version=0, heard=0)
            session.add(mail)
        if one.envelope.version > mail.heard:
            yield one.message, one.envelope.version, mail


def forget_invitation(session: Session, id_: str) -> None:
    """Nobody can accept it any more: the address has no use."""
    if mail := session.get(InvitationMail, id_, with_for_update=True):
        mail.settle()


def skip_waiting(session: Session, until: datetime) -> None:
    """Of a restored database: what has waited since before `until` may have been sent, and is not sent again."""
    waiting = update(InvitationMail).where(InvitationMail.state == State.WAITING, InvitationMail.created_at < until)
    skipped = waiting.values(state=DeliveryState.SKIPPED, due_at=None, error=MAYBE_SENT)
    session.execute(skipped.execution_options(synchronize_session=False))


def clear(session: Session) -> None:
    """Forget the address of what is on its way no longer; of what was given up, who has invited is told, once."""
    query = select(InvitationMail).where(InvitationMail.state != State.WAITING, InvitationMail.address != "")
    for mail in session.scalars(query.order_by(InvitationMail.id).limit(100).with_for_update(skip_locked=True)):
        mail.address = ""
        if mail.given_up:
            mail.state = DeliveryState.SKIPPED  # without the address it cannot be tried again from here
            record(session, mail, _not_delivered(mail))


def _not_delivered(mail: InvitationMail) -> InvitationNotDelivered | InvitationLetterNotDelivered:
    if mail.membership is None:
        return InvitationNotDelivered(role_invitation_id=mail.id, role=mail.role, invited_by=mail.invited_by)
    return InvitationLetterNotDelivered(
        membership_id=mail.membership["id"],
        alliance=Named(**mail.membership["alliance"]),
        organization=Named(**mail.membership["organization"]),
        invited_by=mail.invited_by,
    )


def _post(session: Session, mail: InvitationMail, said: RoleInvitationPosted | InvitationLetterPosted) -> None:
    """An e-mail without an address, as the journal has it once the invitation is settled, is not sent; a replayed one was."""
    if not said.address or said.expires_at <= session.now or session.context.replayed:
        _settle(session, mail)
        return
    mail.address, mail.locale, mail.invited_by = said.address, said.language, said.invited_by
    mail.created_at, mail.expires_at = session.now, said.expires_at
    mail.state, mail.due_at, mail.attempts, mail.error, mail.sent_at = State.WAITING, session.now, 0, None, None
    mail.parked_at = None
    mail.traceparent = tracing.traceparent()
    at(session, said.expires_at, FORGET_INVITATION, mail.id)
    session.wake(INVITATIONS)


def _settle(session: Session, mail: InvitationMail) -> None:
    mail.settle()
    cancel(session, FORGET_INVITATION, mail.id)
