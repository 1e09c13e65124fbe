"""Counting: how many e-mails have gone to an address, for a person or from the hub, so that none gets more than its share."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from kit.clock import in_china
from kit.data.db import Session
from services.notify.delivery.model import MailCount

HUB = "hub"
NEVER = 2**31 - 1
KEPT = timedelta(days=2)


def key_of(kind: str, name: str) -> str:
    """The key of an address or a person, which cannot be read from it."""
    return f"{kind}/{hashlib.sha256(name.lower().encode()).hexdigest()}"


def hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def day_of(now: datetime) -> datetime:
    """When this day began in China."""
    return in_china(now).replace(hour=0, minute=0, second=0, microsecond=0)


def spend(session: Session, key: str, since: datetime, most: int) -> bool:
    """Count one more e-mail, unless there have been so many since then; whatever others count at the same moment."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(MailCount).values(key=key, since=since, mails=1)
    more = row.on_conflict_do_update(
        index_elements=[MailCount.key, MailCount.since],
        set_={"mails": MailCount.mails + 1},
        where=MailCount.mails < most,
    )
    return session.execute(more.returning(MailCount.mails)).first() is not None


def count_sending(session: Session) -> None:
    """One more e-mail leaves the hub; the first of an hour drops what counts no longer."""
    hour = hour_of(session.now)
    if full_until(session, 1) is None:
        session.execute(delete(MailCount).where(MailCount.since < session.now - KEPT))
    spend(session, HUB, hour, most=NEVER)


def full_until(session: Session, most: int) -> datetime | None:
    """When the hub may send again, if it has sent all that it may in this hour."""
    hour = hour_of(session.now)
    sent = session.scalar(select(MailCount.mails).where(MailCount.key == HUB, MailCount.since == hour))
    return hour + timedelta(hours=1) if (sent or 0) >= most else None
