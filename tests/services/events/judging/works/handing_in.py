"""Handing in: an entry that competes while works are taken, and files sent as the gateway would keep their pieces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from contracts.events.judging.results import ResultStatus
from kit.files.store import Store
from kit.files.stores import store_of
from kit.ids import new_id
from kit.work.job_rows import JobRow
from kit.work.timers import DueRow
from services.events.admission.entries.model import Entry, Participant
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from services.events.judging.works.model import Upload
from tests.services.events.competitions.competing import CLOSES, a_track, opened
from tests.services.events.events_hub import EventsHub, eventually
from tests.services.uploading import got, keep_pieces, told

WORKS_OPEN, WORKS_CLOSE = CLOSES + timedelta(days=1), CLOSES + timedelta(days=8)
TEACHER, MEMBER, ORGANIZER = "teacher@normal", "student@normal", "organizer"
PIECE = 1_000
AWAY = "file:///dev/null/store"
IN_BOTH_STORES = pytest.mark.parametrize("entry", ["folder", "bucket"], indirect=True)
RULES = {"bytes": 10_000, "piece_bytes": PIECE, "per_entry": 2, "versions": 2, "uploads": 4, "size_classes": [3_000]}
PHASES = [{"round": 1, "kind": "works", "opens_at": WORKS_OPEN.isoformat(), "closes_at": WORKS_CLOSE.isoformat()}]


@dataclass(frozen=True)
class Entered:
    """An entry that competes, in a competition whose works are taken now."""

    events: EventsHub
    entry_id: str
    organization_id: str

    @property
    def store(self) -> Store:
        return store_of(self.events.runtime.settings)

    def begin(self, content: bytes, viewer: str = TEACHER, **other: Any) -> dict[str, Any]:
        """Announce a file."""
        upload: dict[str, Any] = self.events.ask(
            "begin_upload", viewer, **{**announced(self.entry_id, content), **other}
        )
        return upload

    def send(self, upload: dict[str, Any], content: bytes, *numbers: int) -> None:
        """Keep the pieces of these numbers, or all."""
        keep_pieces(self.store, upload, content, *numbers)

    def complete(self, upload: dict[str, Any], viewer: str = TEACHER) -> dict[str, Any]:
        work: dict[str, Any] = self.events.ask("complete_upload", viewer, upload_id=upload["id"])
        return work

    def hand_in(self, content: bytes, **other: Any) -> dict[str, Any]:
        """The work of which this became the newest version."""
        upload = self.begin(content, **other)
        self.send(upload, content)
        return self.complete(upload)

    def works(self, viewer: str = TEACHER) -> list[dict[str, Any]]:
        works: list[dict[str, Any]] = self.events.ask("works", viewer, entry_id=self.entry_id)
        return works

    def content(self, url: str) -> bytes:
        """What the gateway would give out under an address."""
        file = self.events.ask("file_of_ticket", "", ticket=url.rpartition("/")[2])
        return got(self.store, file["key"])

    def withdraw(self) -> None:
        """Withdraw, and see that the deletion of the works has been put down."""
        self.events.ask("withdraw_entry", entry_id=self.entry_id)
        eventually(lambda: self.waiting("erase_works") == [self.entry_id])

    def waiting(self, timer: str) -> list[str]:
        """The subjects of which a timer has still to ring."""
        with self.events.runtime.database.transaction(writes=False) as session:
            return list(session.scalars(select(DueRow.subject_id).where(DueRow.timer == timer)))

    def waits_until(self, timer: str) -> datetime:
        """When a timer of the entry rings next."""
        mine = DueRow.timer == timer, DueRow.subject_id == self.entry_id
        with self.events.runtime.database.transaction(writes=False) as session:
            return session.scalars(select(DueRow.due_at).where(*mine)).one()

    def all_failed(self, name: str) -> bool:
        """Whether there are jobs of this name, a try of each has failed, and none is being tried."""
        with self.events.runtime.database.transaction(writes=False) as session:
            jobs = list(session.scalars(select(JobRow).where(JobRow.name == name)))
        return bool(jobs) and all(job.error and not job.claim for job in jobs)

    def uploads(self) -> list[str]:
        """The uploads that are not swept away yet."""
        with self.events.runtime.database.transaction(writes=False) as session:
            return list(session.scalars(select(Upload.id)))

    def let_go_of_uploads(self) -> None:
        """Make place for further uploads, as sweeping does in time."""
        with self.events.runtime.database.transaction() as session:
            session.execute(delete(Upload))

    def another(self) -> Entered:
        """A second entry of the same organisation, in the same track."""
        same = ("edition_id", "track_id", "organization_id", "province", "status", "quota_id")
        with self.events.runtime.database.transaction() as session:
            known = session.get_one(Entry, self.entry_id)
            facts = {name: getattr(known, name) for name in same}
            other = Entry(id=new_id(), created_at=session.now, version=1, contestant="第二队", **facts)
            session.add(other)
            session.flush()
            stage_id = session.scalars(select(Participant.stage_id)).one()
            session.add(Participant(stage_id=stage_id, entry_id=other.id))
        return Entered(self.events, other.id, self.organization_id)


def entered(events: EventsHub, **rules: Any) -> Entered:
    """An entry of TEACHER's organisation, on the day on which works begin to be taken."""
    track_id = opened(events, tracks=[a_track()], phases=PHASES, rules={"works": {**RULES, **rules}})
    organization_id = events.organization(representative=TEACHER)
    entry_id = one_more(events, track_id, organization_id)
    events.clock.move_to(CLOSES)
    eventually(lambda: "events.entries_closed" in [type_ for type_, _ in events.said()])
    events.clock.move_to(WORKS_OPEN)
    eventually(lambda: "events.phase_opened" in [type_ for type_, _ in events.said()])
    return Entered(events, entry_id, organization_id)


def one_more(events: EventsHub, track_id: str, organization_id: str, contestant: str = "第一队") -> str:
    facts = {"track_id": track_id, "organization_id": organization_id, "contestant": contestant}
    return str(events.ask("submit_entry", **facts)["id"])


def close_works(events: EventsHub) -> None:
    """Let the phase of works end, and see it ended."""
    events.clock.move_to(WORKS_CLOSE)
    eventually(lambda: "events.phase_closed" in [type_ for type_, _ in events.said()])


def announced(entry_id: str, content: bytes) -> dict[str, Any]:
    """The input of begin_upload."""
    return {"entry_id": entry_id, **told(content)}


def piece(content: bytes, number: int) -> bytes:
    return content[(number - 1) * PIECE : number * PIECE]


def place(entry: Entered) -> str:
    """The id of an announced result in which the entry has a place."""
    with entry.events.runtime.database.transaction() as session:
        stage_id = session.scalars(select(Participant.stage_id)).one()
        mine = session.get_one(Entry, entry.entry_id)
        result = Result(id=new_id(), created_at=session.now, version=1, edition_id=mine.edition_id, stage_id=stage_id)
        result.status = ResultStatus.ANNOUNCED
        signed = {"proposed_by": ORGANIZER, "proposed_at": session.now, "signed_by": "supervisor", "rules_version": 1}
        documents = {"digest": "d" * 64, "document": "{}", "whole_document": "{}"}
        version = ResultVersion(id=new_id(), result_id=result.id, number=1, status="announced", **signed, **documents)
        session.add_all([result, version])
        session.flush()
        named = {"organization_id": mine.organization_id, "organization_zh": "校", "organization_en": "School"}
        shown = {"contestant": "甲", "contestant_shown": "甲", "shown": True, "tie": "", "remark": ""}
        row = ResultRow(
            version_id=version.id, position=1, entry_id=mine.id, place=1, province="340000", **named, **shown
        )
        session.add(row)
        return str(result.id)
