"""What can be done about deliveries: erase a contact, post e-mails, record what became of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Update, delete, select, update
from sqlalchemy.orm import joinedload

from contracts.notify.delivery import DeliveryOnItsWay, DeliveryState
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.many import among, insert_many
from kit.ids import new_id
from kit.messages.parked import retry
from kit.work.due import State
from services.notify.delivery.connection import NotSent
from services.notify.delivery.model import DELIVERIES, Channel, Confirmation, Contact, Delivery
from services.notify.notices.model import NewNotice, Notice

RETRY = Delivery.retry
SERVICE = "notify"
MAYBE_SENT = "restored from a backup; may have been sent"

Kind = type[Any]
"""A mapped class that is Outgoing and falls due."""
UNSUBSCRIBE = "/mail/unsubscribe"
"""Where the gateway takes the last word of a reader who wants no more e-mails."""


def erase_contact(session: Session, person: str) -> None:
    """Forget a person's address; what waits to be sent there never will be."""
    contact = session.get(Contact, person)
    if contact is None:
        return
    session.delete(contact)
    theirs = select(Notice.id).where(Notice.recipient == person)
    waiting = update(Delivery).where(Delivery.notice_id.in_(theirs), Delivery.state == State.WAITING)
    skipped = waiting.values(state=DeliveryState.SKIPPED, due_at=None, error="contact erased")
    session.execute(skipped.execution_options(synchronize_session=False))
    session.execute(delete(Confirmation).where(Confirmation.person == person))


def post(session: Session, notices: Sequence[NewNotice]) -> None:
    """Have an e-mail sent for each of these new notices whose recipient wants one; older notices are never posted.

    A notice that gathers others is posted when it has gathered them.

    What is replayed was posted before the database was restored.
    """
    recipients = {notice.recipient for notice in notices}
    if not recipients:
        return
    reachable = (Contact.wants_email, Contact.confirmed_address == Contact.address)
    wanting = set(session.scalars(select(Contact.person).where(among(session, Contact.person, recipients), *reachable)))
    posted = [_posted(session, notice) for notice in notices if notice.recipient in wanting]
    if posted:
        insert_many(session, Delivery, posted)
        session.wake(DELIVERIES)


def resend(session: Session, delivery_id: str, reason: str) -> Delivery:
    """Send an e-mail again, to wherever its recipient is reached by now; refuses one that is on its way anyhow."""
    delivery = session.get(
        Delivery, delivery_id, with_for_update={"of": Delivery}, options=[joinedload(Delivery.notice)]
    )
    if delivery is None:
        raise NotFound("deliveryId")
    if delivery.state == DeliveryState.WAITING:
        raise DeliveryOnItsWay("deliveryId")
    retry(session, SERVICE, delivery, reason)
    delivery.error = delivery.sent_at = None
    return delivery


def hold_back(session: Session, until: datetime, *kinds: Kind) -> None:
    """Park what has waited in a restored database since before `until`.

    It may have been sent after the backup, which a person can tell from the mail server's log.
    """
    for kind in kinds:
        waiting = update(kind).where(kind.state == State.WAITING, kind.created_at < until)
        held = waiting.values(state=DeliveryState.PARKED, due_at=None, error=MAYBE_SENT, parked_at=session.now)
        session.execute(held.execution_options(synchronize_session=False))


def record_outcomes(session: Session, kind: Kind, outcomes: Mapping[str, NotSent | None]) -> dict[str, str]:
    """Write down what became of sendings; returns it by id in a word: sent, skipped, deferred, parked."""
    sent = [id_ for id_, failure in outcomes.items() if failure is None]
    done = update(kind).where(kind.id.in_(sent))
    _set(session, done, state=State.DONE, due_at=None, error=None, sent_at=session.now)
    failed = {id_: failure for id_, failure in outcomes.items() if failure}
    words = {id_: _not_sent(session, kind, id_, failure) for id_, failure in sorted(failed.items())}
    return dict.fromkeys(sent, "sent") | words


def give_back(session: Session, kind: Kind, ids: Collection[str]) -> None:
    """These were claimed and not begun: it was no try, and they are due now."""
    unbegun = update(kind).where(kind.id.in_(ids), kind.state == State.WAITING)
    _set(session, unbegun, attempts=kind.attempts - 1, due_at=session.now)


def _set(session: Session, rows: Update, **values: Any) -> None:
    session.execute(rows.values(values).execution_options(synchronize_session=False))


def _not_sent(session: Session, kind: Kind, id_: str, failure: NotSent) -> str:
    row: Any = session.get_one(kind, id_, with_for_update=True)
    if row.state != State.WAITING:  # erased meanwhile, or sent by another who found the claim run out
        return "skipped"
    if failure.for_good:
        row.park(failure.reason, session.now)
    else:
        row.fail(failure.reason, kind.retry, session.now)
    return "parked" if row.state == State.PARKED else "deferred"


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
