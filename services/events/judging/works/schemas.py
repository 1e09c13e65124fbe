"""The forms of works input, and how uploads, works and what judges see of them look from outside."""

from __future__ import annotations

from typing import Any

from contracts.events.judging.works import FILES, PIECES
from contracts.forms import Input, identifier, text, whole
from services.events.judging.works.model import Upload, Work, WorkVersion
from services.events.judging.works.rules import LARGEST

NAME = r"(?!\.{1,2}\Z)[^/\\\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+\Z"
"""The name of a file: no path, nothing that is not seen, nothing that turns its letters round."""


class BeginUpload(Input):
    """With `work_id` a new version of that work, without a further work."""

    entry_id = identifier()
    work_id = identifier(required=False)
    name = text(max=200, pattern=NAME)
    media_type = text(max=100)
    size = whole(min=1, max=LARGEST)
    sha256 = text(max=64, pattern=r"[0-9a-f]{64}\Z")


class OneUpload(Input):
    upload_id = identifier()


class OfEntry(Input):
    entry_id = identifier()


class OfCode(Input):
    stage_id = identifier()
    code = text(max=50)


class OneTicket(Input):
    ticket = text(max=4_000)


def upload_view(upload: Upload, ticket: str) -> dict[str, Any]:
    return {
        "id": upload.id,
        "piece_size": upload.piece_size,
        "pieces": upload.pieces,
        "url": f"{PIECES}/{ticket}",
        "expires_at": upload.expires_at,
    }


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
