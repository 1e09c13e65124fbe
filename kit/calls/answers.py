"""Answers: the first answer to an idempotency key is kept and given again, so that nothing is done twice."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import orjson
from sqlalchemy import Index, bindparam, delete, func, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, mapped_column

from contracts import refusals
from contracts.jobs import TooManyJobs
from contracts.refusals import IdempotencyKeyReused, IdempotencyKeysUsedUp, Invalid, InvalidInput, TooLong, TooShort
from kit.calls.group import Call
from kit.data.db import KitTable, Session, table_of
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


_ANSWERS = table_of(Answer)
_KEY = tuple_(Answer.viewer, Answer.key)
_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert(_ANSWERS), "postgresql": postgresql.insert(_ANSWERS)}
_RESERVE = {
    name: insert.on_conflict_do_nothing().returning(_ANSWERS.c.viewer, _ANSWERS.c.key)
    for name, insert in _INSERTS.items()
}
_KEEP = {
    name: insert.on_conflict_do_update(
        index_elements=["viewer", "key"], set_={part: insert.excluded[part] for part in ("payload", "size")}
    )
    for name, insert in _INSERTS.items()
}


_KEPT = (
    select(_ANSWERS.c.viewer, func.count(), func.coalesce(func.sum(_ANSWERS.c.size), 0))
    .where(_ANSWERS.c.viewer.in_(bindparam("viewers", expanding=True)), _ANSWERS.c.answered_at >= bindparam("since"))
    .group_by(_ANSWERS.c.viewer)
)


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


def reserve(session: Session, calls: Sequence[Call], keeping: Keeping) -> list[Call]:
    """Those of these calls that are to be carried out, whose answers are then to be kept; no two have the same key.

    A call with the key of another transaction waits here until that has ended. One whose key has an answer gets it; one
    whose key belonged to a different request is refused with IdempotencyKeyReused; and where as much is kept for a
    viewer as may be, with IdempotencyKeysUsedUp.
    """
    keyed = {call.key: call for call in calls if call.key}
    if keyed:
        rows = [_row(session, keyed[key]) for key in sorted(keyed)]  # two transactions reserve in the same order
        reserved = {tuple(row) for row in session.execute(_of(_RESERVE, session), rows)}
        _answer_again(session, {key: call for key, call in keyed.items() if key not in reserved})
        _refuse_too_many(session, [call for key, call in keyed.items() if key in reserved], keeping)
    return [call for call in calls if call.payload is None]


def _row(session: Session, call: Call) -> dict[str, Any]:
    assert call.key
    viewer, key = call.key
    request_digest = digest(call.request.method, call.request.arguments)
    return {"viewer": viewer, "key": key, "digest": request_digest, "answered_at": session.now}


def _answer_again(session: Session, known: Mapping[tuple[str, str], Call]) -> None:
    if not known:
        return
    earlier = select(Answer.viewer, Answer.key, Answer.digest, Answer.payload).where(_KEY.in_(known))
    for viewer, key, request_digest, payload in session.execute(earlier):
        call = known[viewer, key]
        if request_digest == digest(call.request.method, call.request.arguments):
            call.payload = payload or {}
        else:
            call.refuse(IdempotencyKeyReused())


def _refuse_too_many(session: Session, calls: Sequence[Call], keeping: Keeping) -> None:
    """Rather refuse a new key than let go of an old one: its request would be carried out a second time."""
    if not calls:
        return
    number, size = _kept(session, calls, keeping)
    refused = []
    for call in reversed(calls):
        viewer = call.context.viewer.id
        if number[viewer] > keeping.answers_each or size[viewer] >= keeping.answers_bytes:
            call.refuse(IdempotencyKeysUsedUp(FIELD, hours=math.ceil(keeping.answers / 3600)))
            number[viewer] -= 1
            refused.append(call)
    _let_go(session, refused)


def _kept(session: Session, calls: Sequence[Call], keeping: Keeping) -> tuple[Counter[str], Counter[str]]:
    """How many answers are kept for each viewer, with those that are reserved, and how many bytes they have."""
    viewers = sorted({call.context.viewer.id for call in calls})
    rows = session.rows(_KEPT, viewers=viewers, since=session.now - timedelta(seconds=keeping.answers))
    return Counter({row[0]: row[1] for row in rows}), Counter({row[0]: row[2] for row in rows})


def keep(session: Session, calls: Sequence[Call]) -> None:
    """Remember what these calls were answered under the keys that this transaction has reserved, as far as it is kept."""
    keyed = [call for call in calls if call.key]
    _let_go(session, [call for call in keyed if isinstance(call.refusal, NOT_KEPT)])
    rows = [
        {**_row(session, call), "payload": call.payload, "size": len(orjson.dumps(call.payload))}
        for call in keyed
        if not isinstance(call.refusal, NOT_KEPT)
    ]
    if rows:
        session.execute(_of(_KEEP, session), rows)


def _let_go(session: Session, calls: Sequence[Call]) -> None:
    """Free the keys again that were reserved."""
    if calls:
        session.execute(delete(_ANSWERS).where(_KEY.in_([call.key for call in calls])))


def _of(statements: Mapping[str, Any], session: Session) -> Any:
    return statements[session.get_bind().dialect.name]


def forget_old(session: Session, keeping: Keeping) -> int:
    """Drop a batch of the answers whose keys have run out; returns how many."""
    old = select(Answer.viewer, Answer.key).where(Answer.answered_at < session.now - timedelta(seconds=keeping.answers))
    batch = old.order_by(Answer.answered_at).limit(keeping.tidy_batch).with_for_update(skip_locked=True)
    dropped = session.execute(delete(Answer).where(_KEY.in_(batch)))
    return int(dropped.rowcount)  # type: ignore[attr-defined]  # a delete has one
