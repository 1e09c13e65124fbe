"""Telling: a change of an alliance is kept and said, with all of its entry, or refused by the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.alliances.registry.alliances import AllianceChange, AllianceChanged, AllianceKnown
from contracts.base import Named
from kit.data.conflicts import is_conflict
from kit.data.db import Session
from kit.messages.outbox import record
from procedures.search.indexing import index_names
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.days import today_of


def tell(
    session: Session,
    alliance: Alliance,
    what: AllianceChange,
    *,
    reason: str = "",
    since: date | None = None,
    named: Named | None = None,
    known: str = "nameZh",
) -> None:
    """Keep and say a change; refuses a name that another alliance in its region has, at the field `known`."""
    entry = entry_of(alliance, today_of(session.now))
    said = AllianceChanged(**entry, what=what, reason=reason, since=since, named=named)
    record(session, alliance, said)
    index_names(session, alliance)
    keep(session, known=known)


def keep(session: Session, *, known: str = "nameZh") -> None:
    """Write what was changed."""
    try:
        session.flush()
    except IntegrityError as error:
        if is_conflict(error):
            raise
        raise AllianceKnown(known) from error


def entry_of(alliance: Alliance, today: date) -> dict[str, Any]:
    """All of the entry, as messages have it."""
    return {
        "alliance": alliance.named,
        "kind": alliance.kind,
        "region": alliance.region,
        "founded_on": alliance.founded_on,
        "stage": alliance.stage,
        "parent_id": alliance.parent_id,
        "level": alliance.level,
        "regions": alliance.regions or [],
        "industry": alliance.industry,
        "former_names": [name for name in alliance.borne_by(today) if name not in {alliance.name_zh, alliance.name_en}],
    }
