"""Entering: a team track that has just opened, and people to enter in it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.events.admission.entries.model import Entry, Member, PersonCount
from tests.services.events.competitions.competing import a_track, opened
from tests.services.events.events_hub import EventsHub

WANG, LI, ZHAO = "11010519491231002X", "440308199901101512", "E12345678"
TEACHER = "teacher@normal"


def team_track(events: EventsHub, *, places: int = 9, **entries: Any) -> str:
    """The id of a team track of two to three people with places for Shanghai; `entries` are rules of that section."""
    rules = {"entries": {"team_least": 2, "team_most": 3, **entries}}
    return opened(events, tracks=[{**a_track(p310000=places), "kind": "team"}], rules=rules)


def contestant(name: str = "王小明", number: str | None = None, **facts: Any) -> dict[str, Any]:
    return {"role": "contestant", "name": name, **({"person_number": number} if number else {}), **facts}


def adviser(name: str = "李老师", number: str | None = None, **facts: Any) -> dict[str, Any]:
    return {**contestant(name, number, **facts), "role": "adviser"}


def team(track_id: str, organization_id: str, *members: dict[str, Any], name: str = "第一队") -> dict[str, Any]:
    """The input of submit_entry; two contestants where none are given."""
    two = [contestant("王小明"), contestant("赵小红")]
    return {"track_id": track_id, "organization_id": organization_id, "contestant": name, "members": [*members] or two}


def members(events: EventsHub, entry_id: str) -> list[Member]:
    with events.runtime.database.transaction(writes=False) as session:
        return list(session.scalars(select(Member).where(Member.entry_id == entry_id).order_by(Member.id)))


def kept_entry(events: EventsHub, entry_id: str) -> Entry:
    with events.runtime.database.transaction(writes=False) as session:
        return session.get_one(Entry, entry_id)


def counts(events: EventsHub) -> list[tuple[str, int]]:
    """Role and number of each row that counts somebody's entries."""
    with events.runtime.database.transaction(writes=False) as session:
        return sorted((row.role, row.entries) for row in session.scalars(select(PersonCount)))
