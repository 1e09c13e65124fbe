"""Judging blind: a judge reads what a code counts with, and learns nothing by which it could be found again by name."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kit.ids import new_id
from services.events.admission.entries.model import Participant
from services.events.editions.editions.queries import stage
from services.events.judging.blinding.commands import deal_codes
from services.events.judging.blinding.model import BlindCode
from services.events.judging.judges.model import Assignment, Candidate, Draw, Seat
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, Refused
from tests.services.events.judging.works.handing_in import TEACHER, Entered, close_works, entered
from tests.services.uploading import PDF, PNG, a_pdf

JUDGE = "judge@anhui"
POSTER = b"\x89PNG\r\n\x1a\n" + bytes(4_000)


class Judged:
    """A stage with one entry, whose works are fixed, coded and assigned to JUDGE."""

    def __init__(self, events: EventsHub) -> None:
        self.events = events
        self.entry: Entered = entered(events)
        self.lesson = self.entry.hand_in(a_pdf(2_500))
        self.poster = self.entry.hand_in(POSTER, media_type=PNG, name="王老师的海报.png")
        close_works(events)
        with events.runtime.database.transaction() as session:
            self.stage_id = session.scalars(select(Participant.stage_id)).one()
            deal_codes(session, stage(session, self.stage_id))
            self.code = session.scalars(select(BlindCode.code)).one()

    def seat(self, person: str, status: str = "accepted") -> None:
        """Seat somebody on the panel, and have them judge the code."""
        with self.events.runtime.database.transaction() as session:
            edition_id = stage(session, self.stage_id).edition_id
            now: dict[str, Any] = {"created_at": session.now, "version": 1}
            held = session.scalars(select(Draw)).first() or Draw(id=new_id(), stage_id=self.stage_id, frozen={}, **now)
            facts = {"person": person, "province": "340000"}
            candidate = Candidate(
                id=new_id(), edition_id=edition_id, name="评委", organization_id=new_id(), track_ids=[], **facts, **now
            )
            session.add_all([held, candidate])
            session.flush()
            ids = {"stage_id": self.stage_id, "draw_id": held.id, "candidate_id": candidate.id}
            seat = Seat(id=new_id(), status=status, **ids, **facts, **now)
            session.add(seat)
            session.flush()
            session.add(Assignment(id=new_id(), stage_id=self.stage_id, seat_id=seat.id, code=self.code))

    def read(self, viewer: str = JUDGE, code: str | None = None) -> list[dict[str, Any]]:
        asked = {"stage_id": self.stage_id, "code": code or self.code}
        works: list[dict[str, Any]] = self.events.ask("blind_works", viewer, **asked)
        return works


@pytest.fixture
def judged(home: Path) -> Iterator[Judged]:
    hub = EventsHub()
    yield Judged(hub)
    hub.stop()


def test_a_judge_reads_the_type_the_rough_size_and_a_link_of_each_work(judged: Judged) -> None:
    judged.seat(JUDGE)

    works = judged.read()

    links = [work.pop("url") for work in works]
    assert works == [
        {"place": 1, "media_type": PDF, "size_at_most": 3_000},
        {"place": 2, "media_type": PNG, "size_at_most": 10_000},
    ]
    assert [judged.entry.content(link) for link in links] == [a_pdf(2_500), POSTER]


def test_a_file_comes_under_the_name_of_the_code(judged: Judged) -> None:
    judged.seat(JUDGE)

    files = [judged.events.ask("file_of_ticket", "", ticket=_ticket(work)) for work in judged.read()]

    assert [file["name"] for file in files] == [f"{judged.code}.pdf", f"{judged.code}-2.png"]


def test_a_blind_link_names_the_code_and_nothing_else(judged: Judged) -> None:
    judged.seat(JUDGE)

    claims = [_claims(work) for work in judged.read()]

    known = {"stage": judged.stage_id, "code": judged.code, "aud": "works.file"}
    assert [{**claim, "exp": None} for claim in claims] == [{**known, "place": place, "exp": None} for place in (1, 2)]


def test_nothing_that_a_judge_reads_stands_in_what_is_read_by_name(judged: Judged) -> None:
    judged.seat(JUDGE)

    blind = [json.dumps(judged.read()), *(json.dumps(_claims(work)) for work in judged.read())]
    named = judged.entry.works(ORGANIZER)

    telling = {judged.entry.entry_id, judged.entry.organization_id, judged.lesson["id"], judged.poster["id"]}
    for version in (version for work in named for version in work["versions"]):
        claims = _claims(version)
        telling |= {
            version["name"],
            version["sha256"],
            version["completed_at"],
            str(version["size"]),
            claims["version"],
        }
        assert judged.code not in json.dumps([version, claims])
    assert [fact for fact in telling for text in blind if fact in text] == []


def test_works_are_read_by_code_only_by_those_who_have_it_to_judge(judged: Judged) -> None:
    judged.seat("replaced", status="replaced")
    judged.seat("declined", status="declined")

    with judged.events.refuses("SIGN_IN_REQUIRED"):
        judged.read("")
    for stranger in (JUDGE, "replaced", "declined", TEACHER, ORGANIZER, "hub-office"):
        with judged.events.refuses("NOT_ALLOWED"):
            judged.read(stranger)


def test_a_code_that_is_not_assigned_and_one_that_does_not_exist_are_refused_alike(judged: Judged) -> None:
    judged.seat(JUDGE)

    for code in ("A-00000", "' OR 1=1 --", judged.code.lower()):
        with judged.events.refuses("NOT_ALLOWED"):
            judged.read(code=code)


def test_a_blind_link_ends_with_its_time(judged: Judged) -> None:
    judged.seat(JUDGE)
    [link, _] = [work["url"] for work in judged.read()]
    judged.events.clock.advance(timedelta(minutes=15))

    with pytest.raises(Refused, match="TICKET_INVALID"):
        judged.entry.content(link)


def test_before_works_are_fixed_there_is_nothing_to_judge(judged: Judged) -> None:
    judged.seat(JUDGE)
    other = judged.entry.another()
    with judged.events.runtime.database.transaction() as session:
        deal_codes(session, stage(session, judged.stage_id))
        code = session.scalars(select(BlindCode.code).where(BlindCode.entry_id == other.entry_id)).one()
        session.scalars(select(Assignment)).one().code = code

    assert judged.read(code=code) == []


def _ticket(work: dict[str, Any]) -> str:
    return str(work["url"]).rpartition("/")[2]


def _claims(work: dict[str, Any]) -> dict[str, Any]:
    claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(_ticket(work).split(".")[1] + "=="))
    return claims
