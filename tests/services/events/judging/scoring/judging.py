"""Builders: a stage that is being judged, its panel put there by hand, and sheets written by its judges."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from contracts.authority import Role, Scope
from contracts.events.admission.entries import ParticipantStatus
from contracts.events.judging.draws import DrawStatus
from contracts.events.judging.judges import SeatStatus
from kit.data.db import Session
from kit.ids import new_id
from kit.work.timers import DueRow
from services.events.admission.entries.model import Participant
from services.events.editions.editions.model import Stage
from services.events.editions.editions.queries import stage as find_stage
from services.events.judging.blinding.commands import deal_codes
from services.events.judging.blinding.queries import entries_of_codes
from services.events.judging.judges.model import Assignment, Candidate, Draw, Seat
from tests.services.events.competitions.competing import CLOSES, ORGANIZER, opened
from tests.services.events.events_hub import EventsHub, eventually
from tests.services.events.judging.scoring.scored import a_section

SUPERVISOR = "supervisor"
JUDGING_OPENS, JUDGING_CLOSES = CLOSES + timedelta(days=1), CLOSES + timedelta(days=11)
PHASE = {
    "round": 1,
    "kind": "judging",
    "opens_at": JUDGING_OPENS.isoformat(),
    "closes_at": JUDGING_CLOSES.isoformat(),
}


class Judging:
    """A stage with its judges `judge-1`, `judge-2` … who judge every code, at the beginning of the phase of judging.

    ORGANIZER runs it, SUPERVISOR supervises; `rules` are facts of the section `scoring`.
    """

    def __init__(self, events: EventsHub, *, entries: int = 2, judges: int = 2, phases: Any = (PHASE,), **rules: Any):
        self.events = events
        track = {"name_zh": "小学组", "name_en": "Primary", "code": "A"}
        track |= {"quotas": [{"province": "310000", "places": 100}]}
        self.track_id = opened(events, tracks=[track], phases=list(phases), rules={"scoring": a_section(**rules)})
        self.competition_id = events.ask("tracks_by_id", ids=[self.track_id])[0]["competition_id"]
        self.series_id = events.ask("competitions_by_id", ids=[self.competition_id])[0]["series"]["id"]
        events.grant(SUPERVISOR, Role.SUPERVISOR, Scope.event(self.series_id))
        self.organization_id = events.organization()
        self.entry_ids = [self._entry(f"选手{number}") for number in range(entries)]
        events.clock.move_to(CLOSES)
        eventually(lambda: self.stage().status == "running")
        self.stage_id = self.stage().id
        with events.runtime.database.transaction() as session:
            self.seats = self._panel(session, judges)
        self.move_to(JUDGING_OPENS)

    def move_to(self, moment: datetime) -> None:
        """Move the clock, and wait until everything that falls due by then is done."""
        self.events.clock.move_to(moment)
        eventually(lambda: not self._due())

    def _due(self) -> list[DueRow]:
        with self.events.runtime.database.transaction(writes=False) as session:
            return list(session.scalars(select(DueRow).where((DueRow.due_at <= session.now) | (DueRow.attempts > 0))))

    def stage(self) -> Stage:
        with self.events.runtime.database.transaction(writes=False) as session:
            return session.scalars(select(Stage).where(Stage.track_id == self.track_id)).one()

    def my_sheets(self, judge: str = "judge-1") -> list[dict[str, Any]]:
        nodes: list[dict[str, Any]] = self.events.ask("my_sheets", judge, stage_id=self.stage_id, first=100)["nodes"]
        return nodes

    def save(self, judge: str, sheet_id: str, idea: str = "30", craft: str = "20", **more: Any) -> dict[str, Any]:
        saved: dict[str, Any] = self.events.ask(
            "save_sheet", judge, sheet_id=sheet_id, scores=scores(idea=idea, craft=craft), **more
        )
        return saved

    def submit(self, judge: str, sheet_id: str, *points: str) -> dict[str, Any]:
        """Save and submit."""
        self.save(judge, sheet_id, *points)
        submitted: dict[str, Any] = self.events.ask("submit_sheet", judge, sheet_id=sheet_id)
        return submitted

    def judge_all(self) -> None:
        """Every judge submits every sheet; the first code gets more points than the second, and so on."""
        for judge in self.seats:
            for place, sheet in enumerate(self.my_sheets(judge)):
                self.submit(judge, sheet["id"], str(40 - place), "20")

    def lock(self) -> dict[str, Any]:
        lock: dict[str, Any] = self.events.ask("lock_sheets", ORGANIZER, stage_id=self.stage_id)
        return lock

    def open_codes(self) -> None:
        for person in (ORGANIZER, SUPERVISOR):
            self.events.ask("open_codes", person, stage_id=self.stage_id)

    def amend(self, **rules: Any) -> None:
        """Put another section `scoring` in force."""
        given = {"competition_id": self.competition_id, "rules": {"scoring": a_section(**rules)}, "reason": "更正"}
        self.events.ask("amend_rules", ORGANIZER, **given)

    def move_phase(self, closes_at: datetime) -> None:
        phase = self.events.ask("phases", competition_ids=[self.competition_id])[0]
        times = {"opens_at": phase["opens_at"], "closes_at": closes_at.isoformat()}
        self.events.ask("move_phase", ORGANIZER, phase_id=phase["id"], reason="延期", **times)

    def withdraw(self, entry_id: str) -> None:
        """Let an entry no longer take part in the stage."""
        with self.events.runtime.database.transaction() as session:
            session.get_one(Participant, (self.stage_id, entry_id)).status = ParticipantStatus.WITHDRAWN

    def messages(self, type_: str) -> list[dict[str, Any]]:
        return [data for said, data in self.events.said() if said == f"events.{type_}"]

    def _entry(self, contestant: str) -> str:
        given = {"track_id": self.track_id, "organization_id": self.organization_id, "contestant": contestant}
        return str(self.events.ask("submit_entry", **given)["id"])

    def _panel(self, session: Session, judges: int) -> dict[str, str]:
        """The seats by person, each with an assignment for each code, as the family of judges makes them."""
        stage = find_stage(session, self.stage_id)
        deal_codes(session, stage)
        draw = Draw(id=new_id(), version=1, created_at=session.now, stage_id=stage.id, status=DrawStatus.DRAWN)
        session.add(draw)
        session.flush()
        seats = {f"judge-{number}": self._seat(session, draw, f"judge-{number}") for number in range(1, judges + 1)}
        for code in sorted(entries_of_codes(session, stage.id)):
            for seat_id in seats.values():
                session.add(Assignment(id=new_id(), stage_id=stage.id, seat_id=seat_id, code=code))
        return seats

    def _seat(self, session: Session, draw: Draw, person: str) -> str:
        common = {"version": 1, "created_at": session.now, "person": person, "province": "310000"}
        candidate = Candidate(
            id=new_id(),
            edition_id=self.competition_id,
            name=person,
            organization_id=self.organization_id,
            track_ids=[self.track_id],
            **common,
        )
        session.add(candidate)
        session.flush()
        seat = Seat(
            id=new_id(),
            stage_id=self.stage_id,
            draw_id=draw.id,
            candidate_id=candidate.id,
            status=SeatStatus.ACCEPTED,
            **common,
        )
        session.add(seat)
        session.flush()
        return seat.id


def scores(**points: str) -> list[dict[str, str]]:
    return [{"criterion": criterion, "points": given} for criterion, given in points.items()]
