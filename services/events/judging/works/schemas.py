"""How uploads, works and what judges see of them look from outside."""

from __future__ import annotations

from typing import Any

from contracts.events.judging.works import FILES
from services.events.judging.works.model import Work, WorkVersion


def work_view(work: Work, tickets: dict[str, str]) -> dict[str, Any]:
    """A work with the versions that are kept; `tickets` are those of the versions, by their ids."""
    return {
        "id": work.id,
        "stage_id": work.stage_id,
        "entry_id": work.entry_id,
        "place": work.place,
        "counts": work.counts,
        "versions": [version_view(each, work.counts, tickets[each.id]) for each in work.versions],
    }


def version_view(version: WorkVersion, counts: int | None, ticket: str) -> dict[str, Any]:
    return {
        "number": version.number,
        "name": version.name,
        "media_type": version.media_type,
        "size": version.size,
        "sha256": version.sha256,
        "completed_at": version.completed_at,
        "counts": version.number == counts,
        "url": f"{FILES}/{ticket}",
    }


def blind_view(place: int, version: WorkVersion, size_class: int, ticket: str) -> dict[str, Any]:
    """What judges see: nothing by which a work could be found again among those that others know by name."""
    return {
        "place": place,
        "media_type": version.media_type,
        "size_at_most": size_class,
        "url": f"{FILES}/{ticket}",
    }


def file_view(version: WorkVersion, name: str) -> dict[str, Any]:
    """What the gateway needs to give a file out."""
    return {"key": version.key, "name": name, "media_type": version.media_type, "size": version.size}
