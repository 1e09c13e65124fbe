"""Answers: the first answer to an idempotency key is kept and given again, so that nothing is done twice."""

from __future__ import annotations

import hashlib
import math
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Index, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from contracts import refusals
from contracts.jobs import TooManyJobs
from contracts.refusals import IdempotencyKeyReused, IdempotencyKeysUsedUp, Invalid, InvalidInput, TooLong, TooShort
from kit.data.db import KitTable, Session
from kit.settings import Keeping
from kit.wire.request import LONGEST_KEY

FIELD = "idempotencyKey"
NOT_KEPT = (
    refusals.SignInRequired,
    refusals.NotAllowed,
    refusals.IdempotencyKeyReused,
    refusals.IdempotencyKeysUsedUp,
    refusals.InvalidInput,
    refusals.Required,
    refusals.Invalid,
    refusals.UnknownField,
    refusals.TooShort,
    refusals.TooLong,
    refusals.OutOfRange,
    refusals.NotOneOf,
    refusals.UnknownRegion,
    refusals.GivenTwice,
    TooManyJobs,
)
"""What anybody can be told any number of times: about the caller and what they have under way, or the form of what they sent."""


class Answer(KitTable):
    """What was answered to one viewer's key; the digest tells whether a later request is the same one."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_answered_at", "answered_at"),)

    viewer: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    answered_at: Mapped[datetime]
    payload: Mapped[dict[str, Any] | None]
    size: Mapped[int | None]


def check_key(key: str | None) -> None:
    """See that a key, where there is one, has 1 to LONGEST_KEY printable characters; raises InvalidInput."""
    if key is None:
        return
    if not key:
        raise InvalidInput(TooShort(FIELD, min=1))
    if len(key) > LONGEST_KEY:
        raise InvalidInput(TooLong(FIELD, max=LONGEST_KEY))
    if not key.isprintable():
        raise InvalidInput(Invalid(FIELD))


def digest(method: str, arguments: dict[str, Any]) -> str:
    """What makes two requests the same: the method and its arguments."""
    return hashlib.sha256(orjson.dumps([method, arguments], option=orjson.OPT_SORT_KEYS)).hexdigest()


def reserve(session: Session, key: str, request_digest: str, keeping: Keeping) -> dict[str, Any] | None:
    """The earlier answer to this key, or None where this request is the first and must now `keep` its own.

    A second request with the same key waits here until the first has ended. Raises IdempotencyKeyReused where the
    key belonged to a different request, IdempotencyKeysUsedUp where as much is kept for the viewer as may be.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(Answer).values(viewer=session.viewer.id, key=key, digest=request_digest, answered_at=session.now)
    if session.execute(row.on_conflict_do_nothing().returning(Answer.key)).first():
        _refuse_too_many(session, keeping)
        return None
    earlier = session.get_one(Answer, (session.viewer.id, key))
    if earlier.digest != request_digest:
        raise IdempotencyKeyReused
    return earlier.payload or {}


def _refuse_too_many(session: Session, keeping: Keeping) -> None:
    """Rather refuse a new key than let go of an old one: its request would be carried out a second time."""
    alive = Answer.answered_at >= session.now - timedelta(seconds=keeping.answers)
    own = (
        select(Answer.size).where(Answer.viewer == session.viewer.id, alive).limit(keeping.answers_each + 1).subquery()
    )
    number, size = session.execute(select(func.count(), func.coalesce(func.sum(own.c.size), 0)).select_from(own)).one()
    if number > keeping.answers_each or size >= keeping.answers_bytes:
        raise IdempotencyKeysUsedUp(FIELD, hours=math.ceil(keeping.answers / 3600))


def keep(session: Session, key: str, payload: dict[str, Any]) -> None:
    """Remember the answer to the key that this transaction has reserved."""
    row = session.get_one(Answer, (session.viewer.id, key))
    row.payload, row.size = payload, len(orjson.dumps(payload))


def forget_old(session: Session, keeping: Keeping) -> int:
    """Drop a batch of the answers whose keys have run out; returns how many."""
    key = (Answer.viewer, Answer.key)
    old = select(*key).where(Answer.answered_at < session.now - timedelta(seconds=keeping.answers))
    batch = old.order_by(Answer.answered_at).limit(keeping.tidy_batch).with_for_update(skip_locked=True)
    dropped = session.execute(delete(Answer).where(tuple_(*key).in_(batch)))
    return int(dropped.rowcount)  # type: ignore[attr-defined]  # a delete has one
