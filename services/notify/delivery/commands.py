"""What can be done about deliveries: erase a contact, post e-mails, take the next, record what became of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from kit.data.db import Session
from kit.data.many import insert_many
from kit.ids import new_id
from kit.settings import Retry
from kit.work.due import State, claim
from services.notify.delivery.counting import count_sending, day_of, key_of, spend
from services.notify.delivery.email import NotSent
from services.notify.delivery.letters import Letter, NoticeLetter
from services.notify.delivery.model import DELIVERIES, Channel, Confirmation, Contact, Delivery, DeliveryState
from services.notify.delivery.settings import MailLimits, Smtp
from services.notify.notices.model import NewNotice, Notice

RETRY = Retry(first=30, factor=3, longest=4 * 3600, attempts=12)
"""A mail server that asks for patience (greylisting) means minutes, one that is down may be so for a day: 30 s, 90 s,
… 4 h, in all about 23 hours."""

DIALOGUE = 12
"""How many replies of a mail server one sending waits for; each may take the SMTP time-out."""
UNSUBSCRIBE = "/mail/unsubscribe"
"""Where the gateway takes the last word of a reader who wants no more e-mails."""


def dialogue(smtp: Smtp) -> timedelta:
    """How long one sending can last."""
    return timedelta(seconds=smtp.timeout * DIALOGUE)


def erase_contact(session: Session) -> None:
    """Forget the viewer's address; what waits to be sent there never will be."""
    contact = session.get(Contact, session.viewer.id)
    if contact is None:
        return
    session.delete(contact)
    theirs = select(Notice.id).where(Notice.recipient == session.viewer.id)
    waiting = update(Delivery).where(Delivery.notice_id.in_(theirs), Delivery.state == State.WAITING)
    skipped = waiting.values(state=DeliveryState.SKIPPED, due_at=None, error="contact erased")
    session.execute(skipped.execution_options(synchronize_session=False))
    session.execute(delete(Confirmation).where(Confirmation.person == session.viewer.id))


def post(session: Session, notices: Sequence[NewNotice]) -> None:
    """Have an e-mail sent for each of these new notices whose recipient wants one; older notices are never posted.

    A notice that gathers others is posted when it has gathered them.

    What is replayed was posted before the database was restored.
    """
    recipients = {notice.recipient for notice in notices}
    if not recipients:
        return
    reachable = (Contact.wants_email, Contact.confirmed_address == Contact.address)
    wanting = set(session.scalars(select(Contact.person).where(Contact.person.in_(recipients), *reachable)))
    posted = [_posted(session, notice) for notice in notices if notice.recipient in wanting]
    if posted:
        insert_many(session, Delivery, posted)
        session.wake(DELIVERIES)


def hold_back(session: Session, until: datetime) -> None:
    """Park what has waited in a restored database since before `until`.

    It may have been sent after the backup, which a person can tell from the mail server's log.
    """
    for kind in (Delivery, Confirmation):
        waiting = update(kind).where(kind.state == State.WAITING, kind.created_at < until)
        held = waiting.values(
            state=DeliveryState.PARKED, due_at=None, error="restored from a backup; may have been sent"
        )
        session.execute(held.execution_options(synchronize_session=False))


def take(session: Session, smtp: Smtp, limits: MailLimits, link: str) -> tuple[Delivery, Letter | None] | None:
    """The delivery that is due, claimed for as long as one sending can last, with its letter; None where none is due.

    There is no letter where none is to be sent: then the delivery says why.
    """
    delivery = claim(session, Delivery, RETRY)
    if delivery is None:
        return None
    delivery.due_at, delivery.error = session.now + dialogue(smtp), None
    return delivery, _letter(session, delivery, smtp, limits, link)


def record_outcome(session: Session, going: Delivery | Confirmation, failure: NotSent | None) -> str:
    """Write down what became of a sending; returns it in a word: sent, skipped, deferred, parked."""
    kind: Any = type(going)
    delivery: Delivery | Confirmation = session.get_one(kind, going.id, with_for_update=True)
    if failure is None:
        delivery.sent(session.now)
        return "sent"
    if delivery.state != State.WAITING:  # erased meanwhile, or sent by another who found the claim run out
        return "skipped"
    if failure.for_good:
        delivery.park(failure.reason, session.now)
    else:
        delivery.fail(failure.reason, RETRY, session.now)
    return "parked" if delivery.state == State.PARKED else "deferred"


def _posted(session: Session, notice: NewNotice) -> dict[str, Any]:
    replayed = session.context.replayed
    return {
        "id": new_id(),
        "notice_id": notice.id,
        "channel": Channel.EMAIL,
        "created_at": session.now,
        "state": DeliveryState.SKIPPED if replayed else State.WAITING,
        "due_at": None if replayed else notice.gathers_until or session.now,
        "attempts": 0,
        "error": "replayed" if replayed else None,
        "traceparent": notice.traceparent,
    }


def _letter(session: Session, delivery: Delivery, smtp: Smtp, limits: MailLimits, link: str) -> Letter | None:
    notice = session.get_one(Notice, delivery.notice_id, options=[joinedload(Notice.announcement)])
    contact = session.get(Contact, notice.recipient)
    if not smtp.host:
        delivery.skip("no mail server")
    elif contact is None or not contact.reachable:
        delivery.skip("not wanted")
    elif delivery.attempts == 1 and not _has_room(session, contact, limits):
        delivery.skip("the e-mails of the day to this address are spent")
    else:
        count_sending(session)
        return _letter_of(delivery, notice, contact, link)
    return None


def _has_room(session: Session, contact: Contact, limits: MailLimits) -> bool:
    return spend(session, key_of("to", contact.address), day_of(session.now), limits.to_address_a_day)


def _letter_of(delivery: Delivery, notice: Notice, contact: Contact, link: str) -> Letter:
    contact.unsubscribe_token = contact.unsubscribe_token or secrets.token_urlsafe(24)
    return NoticeLetter(
        id=delivery.id,
        address=contact.address,
        locale=contact.locale,
        rule=notice.rule,
        reason=notice.reason,
        facts=notice.announcement.facts,
        more=notice.more,
        written_at=notice.created_at,
        link=link,
        unsubscribe=f"{link.rstrip('/')}{UNSUBSCRIBE}/{contact.unsubscribe_token}" if link else "",
    )
