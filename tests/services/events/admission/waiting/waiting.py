"""Waiting: a track whose places are taken, and what is kept about those who wait."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.events.admission.quotas.model import Quota
from services.events.admission.waiting.model import WaitingDecision
from tests.services.events.competitions.competing import a_track, opened
from tests.services.events.events_hub import EventsHub

TEACHER = "teacher@normal"


def a_full_track(
    events: EventsHub, *, places: int = 1, phases: Any = None, **waiting: Any
) -> tuple[str, str, list[str]]:
    """The ids of a track whose places are all taken, of an organisation of Shanghai, and of the entries that took them."""
    facts = {"phases": phases} if phases else {}
    track_id = opened(events, tracks=[a_track(p310000=places, p340000=9)], rules={"waiting": waiting}, **facts)
    organization_id = events.organization(representative=TEACHER)
    entered = [submitted(events, track_id, organization_id, f"第{number}队")["id"] for number in range(places)]
    return track_id, organization_id, entered


def submitted(events: EventsHub, track_id: str, organization_id: str, name: str, **facts: Any) -> Any:
    given = {"track_id": track_id, "organization_id": organization_id, "contestant": name, **facts}
    return events.ask("submit_entry", **given)


def waits(events: EventsHub, track_id: str, organization_id: str, name: str, **facts: Any) -> str:
    """The id of an entry that has to wait."""
    entry = submitted(events, track_id, organization_id, name, wait_if_full=True, **facts)
    assert entry["status"] == "waiting"
    return str(entry["id"])


def standing(events: EventsHub, *ids: str) -> list[str]:
    """How each of these entries stands."""
    by_id = {each["id"]: each["status"] for each in events.ask("entries_by_id", ids=list(ids))}
    return [by_id[each] for each in ids]


def books(events: EventsHub, track_id: str, region: str = "310000") -> dict[str, int]:
    """What the quota of a region says that it holds, and what of it is taken, offered and waited for."""
    with events.runtime.database.transaction(writes=False) as session:
        mine = Quota.track_id == track_id, Quota.region == region, Quota.organization_id.is_(None)
        quota = session.scalars(select(Quota).where(*mine)).one()
        return {"held": quota.allotted, **{name: getattr(quota, name) for name in ("taken", "offered", "waiting")}}


def decisions(events: EventsHub) -> list[tuple[str, str, bool, str | None]]:
    """Entry, reason, whether it was an offer, and for whom it was passed over, of every decision, oldest first."""
    with events.runtime.database.transaction(writes=False) as session:
        found = session.scalars(select(WaitingDecision).order_by(WaitingDecision.id))
        return [(each.entry_id, each.reason, each.offered, each.passed_for) for each in found]


def said(events: EventsHub) -> list[str]:
    return [type_.removeprefix("events.") for type_, _ in events.said()]
