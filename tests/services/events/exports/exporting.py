"""Builders: a stage whose sheets are locked and whose codes are sealed, and a result that was announced."""

from __future__ import annotations

from contracts.events.judging.results import ResultStatus, VersionStatus
from contracts.events.judging.scoring import SheetStatus
from kit.ids import new_id
from services.events.admission.entries.model import Entry
from services.events.editions.editions.queries import stage as stage_of
from services.events.judging.blinding.model import BlindCode, Seal
from services.events.judging.judges.model import Assignment, Candidate, Draw, Seat
from services.events.judging.locks.model import SheetLock
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from services.events.judging.scoring.model import Sheet
from tests.services.events.events_hub import ANHUI, EventsHub
from tests.services.events.fixtures.contesting import a_stage


def the_competition(events: EventsHub) -> str:
    return str(events.ask("competitions")["nodes"][0]["id"])


class Judged:
    """A stage of two entries with two sealed codes, one judge, and sheets that are locked."""

    def __init__(self, events: EventsHub) -> None:
        self.events = events
        self.stage_id = a_stage(events, teams=2)
        self.competition_id = the_competition(events)
        with events.runtime.database.transaction() as session:
            stage = stage_of(session, self.stage_id)
            about = {"created_at": session.now, "version": 0}
            entries = session.query(Entry).order_by(Entry.id).all()
            draw = Draw(id=new_id(), stage_id=stage.id, **about)
            candidate = Candidate(
                id=new_id(), edition_id=stage.edition_id, person="judge", name="评委甲", province=ANHUI, track_ids=[],
                organization_id=entries[0].organization_id, **about,
            )  # fmt: skip
            seat = Seat(id=new_id(), stage_id=stage.id, draw_id=draw.id, candidate_id=candidate.id, person="judge",
                        province=ANHUI, **about)  # fmt: skip
            codes = [BlindCode(stage_id=stage.id, code=f"F-{number}", entry_id=each.id)
                     for number, each in enumerate(reversed(entries))]  # fmt: skip
            sheets = [Assignment(id=new_id(), stage_id=stage.id, seat_id=seat.id, code=code.code) for code in codes]
            session.add_all([draw, candidate])
            session.flush()
            session.add(seat)
            session.flush()
            session.add_all([*codes, *sheets, Seal(id=stage.id, **about)])
            session.flush()
            for number, sheet in enumerate(sheets):
                session.add(
                    Sheet(id=sheet.id, stage_id=stage.id, seat_id=seat.id, status=SheetStatus.LOCKED, remark="好",
                          points={self.criterion(): f"{80 + number}.5"}, rubric="", return_reason="",
                          submitted_at=session.now, **about)
                )  # fmt: skip
            session.add(SheetLock(stage_id=stage.id, locked_at=session.now, rules_version=1, seed="s"))

    def criterion(self) -> str:
        rules = self.events.ask("rule_sets", competition_ids=[self.competition_id])[0]["document"]
        return str(rules["scoring"]["rubric"]["criteria"][0]["key"])

    def open(self) -> None:
        with self.events.runtime.database.transaction() as session:
            session.get_one(Seal, self.stage_id).opened_at = session.now


def announced(events: EventsHub, status: str = ResultStatus.ANNOUNCED) -> str:
    """A result of two rows, of which the public sees the first, without the contestant's name."""
    stage_id = a_stage(events, teams=2)
    with events.runtime.database.transaction() as session:
        stage = stage_of(session, stage_id)
        objections = 1 if status == ResultStatus.FROZEN else 0
        result = Result(id=new_id(), created_at=session.now, version=0, edition_id=stage.edition_id,
                        stage_id=stage.id, status=status, open_objections=objections)  # fmt: skip
        version = ResultVersion(id=new_id(), result_id=result.id, number=1, status=VersionStatus.ANNOUNCED, digest="",
                                rules_version=1, proposed_by="a", proposed_at=session.now, signed_by="b",
                                document="{}", whole_document="{}")  # fmt: skip
        session.add(result)
        session.flush()
        session.add(version)
        session.flush()
        for place, entry in enumerate(session.query(Entry).order_by(Entry.id), start=1):
            session.add(
                ResultRow(version_id=version.id, position=place, entry_id=entry.id, place=place, code=f"F-{place}",
                          score_text="90.50", raw_text="91", adjusted_text="90.5", tie="", remark="", organization_zh="学校",
                          organization_id=entry.organization_id, organization_en="School", province=entry.province,
                          contestant=entry.contestant, contestant_shown="第＊队", score_shown=None, shown=place == 1)
            )  # fmt: skip
    return the_competition(events)
