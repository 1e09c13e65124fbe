"""Storing: whose room the files of works take up: that of a person, of an edition and of the hub."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select

from contracts.base import Refusal
from contracts.uploads import EditionStorageFull, HubStorageFull, StorageFull
from kit.data.db import Session
from procedures.uploads import storing
from procedures.uploads.storing import HUB, Bound
from services.events.admission.entries.model import Entry
from services.events.judging.works.model import StorageUse, Upload, Work, WorkVersion
from services.events.judging.works.rules import WorksRules
from services.events.judging.works.settings import WorksSettings


@dataclass(frozen=True)
class File:
    """What takes up room: announced, arrived or kept. `person` is None where nobody knows any more who sent it."""

    edition_id: str
    person: str | None
    size: int

    @property
    def owners(self) -> list[str]:
        return [HUB, _of_edition(self.edition_id), *([_of_person(self.person)] if self.person else [])]


def take_room(session: Session, file: File, rules: WorksRules, most: WorksSettings) -> None:
    """Count a file that is announced.

    Refuses with StorageFull, EditionStorageFull or HubStorageFull. To be called before the file has a row.
    """
    person = _of_person(str(file.person))
    edition = _of_edition(file.edition_id)
    bounds: dict[str, tuple[int, type[Refusal]]] = {
        person: (min(most.person, rules.person_bytes or most.person), StorageFull),
        edition: (min(most.edition, rules.edition_bytes or most.edition), EditionStorageFull),
        HUB: (most.hub, HubStorageFull),
    }
    counted = {owner: Bound(most, full, _counted(owner, file)) for owner, (most, full) in bounds.items()}
    storing.take_room(session, StorageUse, file.size, counted)


def give_back(session: Session, files: Iterable[File]) -> None:
    """Count files no more that have gone."""
    gone: Counter[str] = Counter()
    for file in files:
        gone.update(dict.fromkeys(file.owners, file.size))
    storing.give_back(session, StorageUse, gone)


def _counted(owner: str, file: File) -> Select[tuple[int]]:
    """What there is of an owner's."""
    uploads = select(func.coalesce(func.sum(Upload.size), 0)).where(~exists().where(WorkVersion.id == Upload.id))
    versions = select(func.coalesce(func.sum(WorkVersion.size), 0)).where(WorkVersion.erased_at.is_(None))
    if owner == _of_person(str(file.person)):
        uploads, versions = (
            uploads.where(Upload.person == file.person),
            versions.where(WorkVersion.person == file.person),
        )
    elif owner != HUB:
        entries = select(Entry.id).where(Entry.edition_id == file.edition_id)
        uploads = uploads.where(Upload.entry_id.in_(entries))
        versions = versions.join(Work, Work.id == WorkVersion.work_id).where(Work.entry_id.in_(entries))
    return select(uploads.scalar_subquery() + versions.scalar_subquery())


def _of_edition(edition_id: str) -> str:
    return f"edition:{edition_id}"


def _of_person(person: str) -> str:
    return f"person:{person}"
