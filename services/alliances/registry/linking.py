"""Linking: what belongs to something never comes to belong to itself, also while several link at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute

from kit.data.db import Session

_LOCK = 0x72656C73  # any fixed number: PostgreSQL's advisory lock on linking


def link_alone(session: Session) -> None:
    """Until the end of the transaction nobody else links; on SQLite there is one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def leads_to(
    session: Session,
    starts: Select[str],
    goals: Collection[str],
    lower: InstrumentedAttribute[str],
    upper: InstrumentedAttribute[Any],
    *where: Any,
) -> bool:
    """Whether one comes from a start up to a goal, or is there: each row leads from `lower` to `upper`. One statement."""
    above = starts.cte("above", recursive=True)
    [here] = above.c
    above = above.union(select(upper).where(lower == here, upper.is_not(None), *where))
    [reached] = above.c
    return bool(session.scalar(select(exists().where(reached.in_(goals)))))
