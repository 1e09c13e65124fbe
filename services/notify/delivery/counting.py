"""Counting: how many e-mails have gone to an address, for a person or from the hub, so that none gets more than its share."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
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


def spend_all(session: Session, wanted: Mapping[str, int], since: datetime, most: int) -> set[str]:
    """Count so many more e-mails for each key, in one statement; returns those keys that have room for all of theirs."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(MailCount)
    more = row.on_conflict_do_update(
        index_elements=[MailCount.key, MailCount.since],
        set_={"mails": MailCount.mails + row.excluded.mails},
        where=MailCount.mails + row.excluded.mails <= most,
    )
    rows = [{"key": key, "since": since, "mails": mails} for key, mails in sorted(wanted.items()) if mails <= most]
    return set(session.scalars(more.returning(MailCount.key), rows)) if rows else set()


def count_sendings(session: Session, number: int, *, before: int) -> None:
    """So many more e-mails leave the hub than `before` in this hour; the first ones drop what counts no longer."""
    hour = hour_of(session.now)
    if before == 0:
        session.execute(delete(MailCount).where(MailCount.since < session.now - KEPT))
    spend_all(session, {HUB: number}, hour, most=NEVER)


def sent_since(session: Session, hour: datetime) -> int:
    """How many e-mails have left the hub since this hour began; nobody else counts until the transaction ends."""
    count = select(MailCount.mails).where(MailCount.key == HUB, MailCount.since == hour)
    return session.scalar(count.with_for_update()) or 0
