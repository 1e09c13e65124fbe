"""Looking back: what was done to an entry of the registry, by whom and why, for those whom it concerns."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from contracts.browsing import START, Stretch
from kit.data.db import Session
from kit.data.paging import Page, page
from kit.data.subjects import Versioned
from kit.messages.outbox import OutboxRow


def history(session: Session, subject: Versioned, *, stretch: Stretch = START) -> Page[OutboxRow]:
    """What was said of a subject, the oldest first."""
    query = (
        select(OutboxRow)
        .where(OutboxRow.subject_type == subject.subject, OutboxRow.subject_id == subject.id)
        .order_by(OutboxRow.subject_version)
    )
    return page(session, query, stretch)


def change_view(row: OutboxRow) -> dict[str, Any]:
    """What every change says: which, when, by whom, why, from which day on, and the name and place then."""
    named = next(row.data[name] for name in ("organization", "alliance") if name in row.data)
    left = row.data.get("named")
    return {
        "version": row.subject_version,
        "at": row.time,
        "by": row.actor,
        "reason": row.data.get("reason", ""),
        "since": row.data.get("since"),
        "name_zh": named["zh"],
        "name_en": named["en"],
        "other_name_zh": left["zh"] if left else None,
        "other_name_en": left["en"] if left else None,
        "region": row.data["region"] or None,
    }
