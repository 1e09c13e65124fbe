"""What can be done about deliveries: set and erase a contact, post e-mails, take the next, record what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from contracts.refusals import ChangedMeanwhile
from kit.data.db import Session
from kit.ids import new_id
from kit.settings import Retry
from kit.telemetry import tracing
from kit.work.due import State, claim
from services.notify.delivery.email import Letter, NotSent
from services.notify.delivery.model import DELIVERIES, Channel, Contact, Delivery, DeliveryState, check_address
from services.notify.delivery.settings import Smtp
from services.notify.notices.model import Notice

RETRY = Retry(first=30, factor=3, longest=4 * 3600, attempts=12)
"""A mail server that asks for patience (greylisting) means minutes, one that is down may be so for a day: 30 s, 90 s,
… 4 h, in all about 23 hours."""

DIALOGUE = 12
"""How many replies of a mail server one sending waits for; each may take the SMTP time-out."""


def update_contact(session: Session, *, address: str, locale: str, wants_email: bool) -> Contact:
    """The viewer says where they may be reached; refuses with AddressInvalid."""
    contact = session.get(Contact, session.viewer.id) or Contact(person=session.viewer.id)
    contact.address, contact.locale, contact.wants_email = check_address(address), locale, wants_email
    session.add(contact)
    try:
        session.flush()
    except IntegrityError:  # the same person set it for the first time at the same moment
        raise ChangedMeanwhile from None
    return contact


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


def post(session: Session, notices: Sequence[Notice]) -> None:
    """Have an e-mail sent for each of these new notices whose recipient wants one; older notices are never posted.

    What is replayed was posted before the database was restored.
    """
    recipients = {notice.recipient for notice in notices}
    if not recipients:
        return
    wanting = set(session.scalars(select(Contact.person).where(Contact.person.in_(recipients), Contact.wants_email)))
    for notice in notices:
        if notice.recipient in wanting:
            delivery = _delivery(session, notice)
            if session.context.replayed:
                delivery.skip("replayed")
            session.add(delivery)
            session.wake(DELIVERIES)


def hold_back(session: Session, until: datetime) -> None:
    """Park what has waited in a restored database since before `until`.

    It may have been sent after the backup, which a person can tell from the mail server's log.
    """
    waiting = update(Delivery).where(Delivery.state == State.WAITING, Delivery.created_at < until)
    held = waiting.values(state=DeliveryState.PARKED, due_at=None, error="restored from a backup; may have been sent")
    session.execute(held.execution_options(synchronize_session=False))


def take(session: Session, smtp: Smtp, link: str) -> tuple[Delivery, Letter | None] | None:
    """The delivery that is due, claimed for as long as one sending can last, with its letter; None where none is due.

    There is no letter where none is to be sent: then the delivery says why.
    """
    delivery = claim(session, Delivery, RETRY)
    if delivery is None:
        return None
    delivery.due_at, delivery.error = session.now + timedelta(seconds=smtp.timeout * DIALOGUE), None
    return delivery, _letter(session, delivery, smtp, link)


def record_outcome(session: Session, delivery_id: str, failure: NotSent | None) -> str:
    """Write down what became of a sending; returns it in a word: sent, skipped, deferred, parked."""
    delivery = session.get_one(Delivery, delivery_id, with_for_update=True)
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


def _delivery(session: Session, notice: Notice) -> Delivery:
    return Delivery(
        id=new_id(),
        notice_id=notice.id,
        channel=Channel.EMAIL,
        created_at=session.now,
        state=State.WAITING,
        due_at=session.now,
        attempts=0,
        traceparent=tracing.traceparent(),
    )


def _letter(session: Session, delivery: Delivery, smtp: Smtp, link: str) -> Letter | None:
    notice = session.get_one(Notice, delivery.notice_id, options=[joinedload(Notice.announcement)])
    contact = session.get(Contact, notice.recipient)
    if not smtp.host:
        delivery.skip("no mail server")
    elif contact is None or not contact.wants_email:
        delivery.skip("not wanted")
    else:
        return Letter(
            delivery_id=delivery.id,
            address=contact.address,
            locale=contact.locale,
            rule=notice.rule,
            reason=notice.reason,
            facts=notice.announcement.facts,
            written_at=notice.created_at,
            link=link,
        )
    return None
