"""Storing: counts the room that files take up, for a person, an edition and the hub, and lets nobody have more than is allowed.

A count is held while it changes, so that two who announce files at once cannot both have the last room. It is taken anew
every day from what there is: an older release, which counts nothing, may have run beside this one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, exists, func, select
from sqlalchemy.dialects import postgresql, sqlite

from contracts.base import Refusal
from contracts.uploads import EditionStorageFull, HubStorageFull, StorageFull
from kit.data.db import Session
from services.events.admission.entries.model import Entry
from services.events.judging.works.model import StorageUse, Upload, Work, WorkVersion
from services.events.judging.works.rules import WorksRules
from services.events.judging.works.settings import WorksSettings

HUB = "hub"
COUNTED_FOR = timedelta(days=1)
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


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
    uses = {owner: _held(session, owner, file) for owner in sorted(bounds)}
    for owner, (bound, full) in bounds.items():
        left = max(0, bound - uses[owner].bytes)
        if file.size > left:
            raise full("size", used=uses[owner].bytes, left=left, max=bound)
    for use in uses.values():
        use.bytes += file.size
    session.flush()


def give_back(session: Session, files: Iterable[File]) -> None:
    """Count files no more that have gone."""
    gone: Counter[str] = Counter()
    for file in files:
        gone.update(dict.fromkeys(file.owners, file.size))
    for owner in sorted(gone):
        use = session.get(StorageUse, owner, with_for_update=True, populate_existing=True)
        if use is not None:
            use.bytes = max(0, use.bytes - gone[owner])
    session.flush()


def _held(session: Session, owner: str, file: File) -> StorageUse:
    """The count, which nobody else changes before this transaction has ended."""
    insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = insert(StorageUse).values(owner=owner, bytes=0, counted_at=_NEVER)
    session.execute(row.on_conflict_do_nothing(index_elements=["owner"]))
    use = session.get_one(StorageUse, owner, with_for_update=True, populate_existing=True)
    if session.now - use.counted_at >= COUNTED_FOR:
        use.bytes, use.counted_at = int(session.scalar(_counted(owner, file)) or 0), session.now
    return use


def _counted(owner: str, file: File) -> Select[tuple[int]]:
    """What there is, in one statement: an upload may become a version meanwhile."""
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
