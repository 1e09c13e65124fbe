"""Answers: the first answer to an idempotency key is kept and given again, so that nothing is done twice."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from contracts.refusals import IdempotencyKeyReused
from kit.data.db import KitTable, Session

KEPT = timedelta(hours=24)


class Answer(KitTable):
    """What was answered to one viewer's key; the digest tells whether a later request is the same one."""

    __tablename__ = "answers"

    viewer: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    answered_at: Mapped[datetime]
    payload: Mapped[dict[str, Any] | None]


def digest(method: str, arguments: dict[str, Any]) -> str:
    """What makes two requests the same: the method and its arguments."""
    return hashlib.sha256(orjson.dumps([method, arguments], option=orjson.OPT_SORT_KEYS)).hexdigest()


def reserve(session: Session, key: str, request_digest: str) -> dict[str, Any] | None:
    """The earlier answer to this key, or None where this request is the first and must now `keep` its own.

    A second request with the same key waits here until the first has ended. Raises IdempotencyKeyReused where the
    key belonged to a different request.
    """
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(Answer).values(viewer=session.viewer.id, key=key, digest=request_digest, answered_at=session.now)
    if session.execute(row.on_conflict_do_nothing().returning(Answer.key)).first():
        return None
    earlier = session.get_one(Answer, (session.viewer.id, key))
    if earlier.digest != request_digest:
        raise IdempotencyKeyReused
    return earlier.payload or {}


def keep(session: Session, key: str, payload: dict[str, Any]) -> None:
    """Remember the answer to the key that this transaction has reserved."""
    session.get_one(Answer, (session.viewer.id, key)).payload = payload


def forget_old(session: Session) -> None:
    """Drop the answers whose keys have run out."""
    session.execute(delete(Answer).where(Answer.answered_at < session.now - KEPT))
