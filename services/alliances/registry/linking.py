"""Linking: what belongs to something never comes to belong to itself, also while several link at once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Uuid, exists, func, literal, select
from sqlalchemy.orm import InstrumentedAttribute

from kit.data.db import Session

_LOCK = 0x72656C73  # any fixed number: PostgreSQL's advisory lock on linking


def link_alone(session: Session) -> None:
    """Until the end of the transaction nobody else links; on SQLite there is one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def leads_to(
    session: Session,
    start: str,
    goal: str,
    lower: InstrumentedAttribute[str],
    upper: InstrumentedAttribute[Any],
    *where: Any,
) -> bool:
    """Whether one comes from `start` up to `goal`, or is there: each row leads from `lower` to `upper`. One statement."""
    above = select(literal(start, Uuid(as_uuid=False)).label("id")).cte("above", recursive=True)
    above = above.union(select(upper).where(lower == above.c.id, upper.is_not(None), *where))
    return bool(session.scalar(select(exists().where(above.c.id == goal))))
