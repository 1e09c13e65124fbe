"""Judging: a stage whose entries are judged, locked and opened, and the steps with its result that most tests take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from contracts.authority import Role, Scope
from contracts.events.judging.draws import DrawStatus
from contracts.events.judging.judges import SeatStatus, TieKind
from contracts.events.judging.scoring import SheetStatus
from kit.data.db import Session
from kit.ids import new_id
from services.events.admission.entries.model import Participant
from services.events.editions.editions import queries as editions
from services.events.editions.editions.model import Stage
from services.events.judging.blinding.model import BlindCode, Seal
from services.events.judging.judges.model import Assignment, Candidate, CandidateTie, Draw, Seat
from services.events.judging.locks.model import SheetLock
from services.events.judging.scoring.model import Sheet
from services.events.judging.scoring.queries import rules as scoring_rules
from tests.services.events.competitions.competing import CLOSES, OPENS, ORGANIZER, a_track, an_edition
from tests.services.events.events_hub import ANHUI, JIANGSU, SHANGHAI, EventsHub, eventually

SUPERVISOR = "supervisor"
JUDGES = ("judge-1", "judge-2")
ARBITRATORS = ("arbitrator-1", "arbitrator-2", "arbitrator-3", "arbitrator-4")
REGIONS = {"310115": SHANGHAI, "340100": ANHUI}
ROUNDS = [
    {"name_zh": "省赛", "name_en": "Provincial round", "level": "province"},
    {"name_zh": "总决赛", "name_en": "Final", "level": "final"},
]
SCORING = {
    "rubric": {
        "version": 1,
        "criteria": [
            {"key": "total", "name_zh": "总分", "name_en": "Total", "weight": 1, "least": 0, "most": 100, "step": "0.5"}
        ],
    },
    "drop": {"highest": 0, "lowest": 0, "at_least_sheets": 1},
    "tie_breaks": [],
}
NEVER = {"members_required": "never"}
Scores = Mapping[str, Sequence[float]]
THREE: Scores = {"A": (90, 90), "B": (80, 80), "C": (70, 70)}


@dataclass
class Judged:
    """A stage that is ready for its result; entries are called by letters, as is whatever belongs to them."""

    events: EventsHub
    series_id: str
    competition_id: str
    stage_id: str
    next_stage_id: str
    entries: dict[str, str] = field(default_factory=dict)
    organizations: dict[str, str] = field(default_factory=dict)
    assignments: dict[tuple[str, str], str] = field(default_factory=dict)

    def ask(self, method: str, viewer: str = ORGANIZER, **given: Any) -> Any:
        return self.events.ask(method, viewer, **given)

    def propose(self) -> dict[str, Any]:
        result: dict[str, Any] = self.ask("propose_result", stage_id=self.stage_id)
        return result

    def countersign(self, viewer: str = SUPERVISOR) -> dict[str, Any]:
        """Sign what is proposed, as whoever looks at it does."""
        result = self.result(ORGANIZER)
        digest = next(version["digest"] for version in result["versions"] if version["status"] == "proposed")
        signed: dict[str, Any] = self.ask("countersign_result", viewer, result_id=result["id"], digest=digest)
        return signed

    def announce(self) -> dict[str, Any]:
        self.propose()
        return self.countersign()

    def object(self, letter: str = "A", ground: str = "procedure", viewer: str = "", **given: Any) -> dict[str, Any]:
        said = {"entry_id": self.entries[letter], "ground": ground, "statement": "计时有误。", **given}
        said = {"result_id": self.result(ORGANIZER)["id"], **said}
        objection: dict[str, Any] = self.ask("file_objection", viewer or rep(letter), **said)
        return objection

    def upheld(self, letter: str = "B", against: int = 0) -> tuple[dict[str, Any], list[str]]:
        """An objection about an entry that its panel has upheld, and the panel, of whom the first so many were against."""
        objection = self.object(letter)
        seated = self.ask("seat_arbitrators", objection_id=objection["id"])
        panel = [seat["person"] for seat in seated["seats"]]
        for person in panel[:against]:
            self.vote(objection, person, uphold=False)
        for person in panel[against : against + 2]:
            objection = self.vote(objection, person, uphold=True)
        return objection, panel

    def vote(self, objection: dict[str, Any], person: str, *, uphold: bool) -> dict[str, Any]:
        said = {"objection_id": objection["id"], "uphold": uphold, "reason": "已核实。"}
        voted: dict[str, Any] = self.ask("vote_on_objection", person, **said)
        return voted

    def result(self, viewer: str = "") -> Any:
        return self.events.ask("result", viewer, stage_id=self.stage_id)

    def rows(self, viewer: str = "", **which: Any) -> list[dict[str, Any]]:
        """The rows that a viewer sees; a visitor where nobody is named."""
        result = self.result(ORGANIZER)
        found = self.events.ask("result_rows", viewer, result_id=result["id"], **which)
        rows: list[dict[str, Any]] = found["nodes"]
        return rows

    def places(self, viewer: str = "", **which: Any) -> list[tuple[str, int | None]]:
        letters = {entry: letter for letter, entry in self.entries.items()}
        return [(letters[row["entry_id"]], row["place"]) for row in self.rows(viewer, **which)]

    def participants(self, stage_id: str) -> dict[str, str]:
        letters = {entry: letter for letter, entry in self.entries.items()}
        with self.events.runtime.database.transaction(writes=False) as session:
            query = select(Participant).where(Participant.stage_id == stage_id)
            return {letters[each.entry_id]: each.status for each in session.scalars(query)}

    def said(self, type_: str) -> list[dict[str, Any]]:
        return [data for found, data in self.events.said() if found == f"events.{type_}"]

    def types(self, since: int = 0) -> list[str]:
        return [type_.removeprefix("events.") for type_, _ in self.events.said(since=since)]

    def register_arbitrators(self, *people: str) -> None:
        """Let them be drawn; each works somewhere that has not entered."""
        for person in people or ARBITRATORS:
            self.events.grant(person, Role.ARBITRATOR, Scope.event(self.series_id))
            elsewhere = self.events.organization("320500", zh=f"{person}的单位")
            said = {"series_id": self.series_id, "person": person, "organization_id": elsewhere}
            self.ask("register_arbitrator", **said)


def rep(letter: str) -> str:
    """The representative of the organisation that entered."""
    return f"rep-{letter}"


def judged(events: EventsHub, scores: Scores = THREE, *, opened: bool = True, **results: Any) -> Judged:
    """A stage with these totals by judge, of one organisation an entry, in two provinces by turns.

    `results` is what the rules say about results otherwise than by default.
    """
    rules = {"scoring": SCORING, "results": results, "entries": NEVER}
    track = a_track(p310000=500, p340000=500)
    competition = events.ask("draft_competition", **an_edition(tracks=[track], rounds=ROUNDS, rules=rules))
    series_id = competition["series"]["id"]
    events.grant(ORGANIZER, Role.ORGANIZER, Scope.event(series_id))
    events.grant(SUPERVISOR, Role.SUPERVISOR, Scope.event(series_id))
    events.ask("publish_competition", competition_id=competition["id"])
    events.clock.move_to(OPENS)
    stage_ids = _stage_ids(events, competition["id"])
    stage = Judged(events, series_id, competition["id"], *stage_ids)
    for number, letter in enumerate(scores):
        _enter(stage, letter, competition["tracks"][0]["id"], list(REGIONS)[number % 2])
    events.clock.move_to(CLOSES)
    eventually(lambda: stage.said("stage_opened"))
    stage.register_arbitrators()
    with events.runtime.database.transaction() as session:
        judge(session, stage, scores, opened=opened)
    return stage


def _stage_ids(events: EventsHub, competition_id: str) -> list[str]:
    with events.runtime.database.transaction(writes=False) as session:
        query = select(Stage.id).where(Stage.edition_id == competition_id).order_by(Stage.number)
        return list(session.scalars(query))


def _enter(stage: Judged, letter: str, track_id: str, region: str) -> None:
    organization_id = stage.events.organization(region, rep(letter), zh=f"{letter}学校")
    stage.organizations[letter] = organization_id
    entry = {"track_id": track_id, "organization_id": organization_id, "contestant": f"选手{letter}"}
    stage.entries[letter] = stage.ask("submit_entry", rep(letter), **entry)["id"]


def judge(session: Session, judged: Judged, scores: Scores, *, opened: bool) -> None:
    """What panels, judges, locks and two people who open the codes would leave behind."""
    now, stage = session.now, editions.stage(session, judged.stage_id)
    seats = _seats(session, judged, stage)
    for letter in scores:
        session.add(BlindCode(stage_id=stage.id, code=code(letter), entry_id=judged.entries[letter]))
    opening = {"requested_by": ORGANIZER, "requested_role": "organizer", "requested_at": now}
    opening |= {"opened_by": SUPERVISOR, "opened_role": "supervisor", "opened_at": now} if opened else {}
    session.add(Seal(id=stage.id, created_at=now, version=1, **opening))
    session.add(SheetLock(stage_id=stage.id, locked_at=now, rules_version=1, seed="0" * 64))
    session.flush()
    rubric = scoring_rules(session, stage).rubric.stamp
    for letter, totals in scores.items():
        for seat, total in zip(seats, totals, strict=True):
            assignment = Assignment(id=new_id(), stage_id=stage.id, seat_id=seat.id, code=code(letter))
            session.add(assignment)
            session.flush()
            judged.assignments[letter, seat.person] = assignment.id
            session.add(_sheet(session, assignment, total, rubric))


def _seats(session: Session, judged: Judged, stage: Stage) -> list[Seat]:
    draw = Draw(id=new_id(), created_at=session.now, version=1, stage_id=stage.id, status=DrawStatus.DRAWN)
    session.add(draw)
    seats = []
    for person in JUDGES:
        candidate = a_candidate(session, judged, person)
        seat = Seat(
            id=new_id(),
            created_at=session.now,
            version=1,
            stage_id=stage.id,
            draw_id=draw.id,
            candidate_id=candidate.id,
            person=person,
            province=JIANGSU,
            status=SeatStatus.ACCEPTED,
        )
        session.flush()
        session.add(seat)
        seats.append(seat)
    return seats


def a_candidate(session: Session, judged: Judged, person: str, organization_id: str | None = None) -> Candidate:
    """Somebody who can judge in the edition, from where nobody has entered unless something else is said."""
    stage = session.get_one(Stage, judged.stage_id)
    works_at = organization_id or new_id()
    candidate = Candidate(
        id=new_id(),
        created_at=session.now,
        version=1,
        edition_id=stage.edition_id,
        person=person,
        name=person,
        organization_id=works_at,
        province=JIANGSU,
        track_ids=[stage.track_id],
        ties=[CandidateTie(id=new_id(), kind=TieKind.NOMINATED_FROM, organization_id=works_at)],
    )
    session.add(candidate)
    return candidate


def code(letter: str) -> str:
    return f"A-{letter}"


def _sheet(session: Session, assignment: Assignment, total: float, rubric: str) -> Sheet:
    return Sheet(
        id=assignment.id,
        created_at=session.now,
        version=1,
        stage_id=assignment.stage_id,
        seat_id=assignment.seat_id,
        status=SheetStatus.LOCKED,
        points={"total": str(total)},
        remark="",
        rubric=rubric,
        return_reason="",
        submitted_at=session.now,
    )
