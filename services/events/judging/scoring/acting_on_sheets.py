"""Acting on sheets: each with who writes it and on what terms, for who is shown what they can do about each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from contracts.events.judging.scoring import SheetLocked
from contracts.refusals import NotFound
from kit.calls.acting import Acts
from kit.data.db import Session
from services.events.judging.judges.model import Assignment, Seat
from services.events.judging.scoring import reading_sheets
from services.events.judging.scoring.model import Sheet
from services.events.judging.scoring.reading_sheets import Desk, check_writes


@dataclass(frozen=True)
class OnDesk:
    """A sheet as its present judge finds it, begun or not."""

    assignment: Assignment
    seat: Seat
    desk: Desk

    @property
    def id(self) -> str:
        return self.assignment.id

    @property
    def keys(self) -> dict[str, str]:
        """What rights on it look at."""
        return {"series_id": self.desk.stages[self.assignment.stage_id].edition.series_id}

    @property
    def sheet(self) -> Sheet | None:
        return self.desk.sheet(self.assignment)

    def check_saved(self, person: str) -> None:
        """Somebody can write it, as `save_sheet` refuses."""
        check_writes(self.seat, person)
        self.desk.rubric(self.assignment.stage_id)
        if self.sheet:
            self.sheet.check_draft()

    def check_submitted(self, person: str) -> None:
        """Somebody can stand by it, as `submit_sheet` refuses."""
        check_writes(self.seat, person)
        self.desk.begun(self.assignment).check_complete(self.desk.rubric(self.assignment.stage_id))

    def check_returned(self) -> None:
        """It can be given back, as `return_sheet` refuses."""
        if self.sheet is None:
            raise NotFound("sheetId")
        self.desk.stages[self.assignment.stage_id].check_not_cancelled()
        if self.assignment.stage_id in self.desk.locked:
            raise SheetLocked
        self.seat.check_live("sheetId")
        self.sheet.check_submitted()


def by_judge(check: Callable[[OnDesk, str], None]) -> Acts:
    """What is done about a sheet, where the check lets the viewer."""
    return Acts(OnDesk, knowing=lambda session, _found: lambda on_desk: check(on_desk, session.viewer.id))


def on_desk(session: Session, ids: Sequence[str]) -> list[OnDesk]:
    """Those of these sheets that the viewer is to write, or has begun before them in a stage that they run or supervise."""
    known = reading_sheets.assigned(session, ids)
    mine = {id_ for id_, (_, seat) in known.items() if seat.live and seat.person == session.viewer.id}
    seen = mine | {each.id for each in reading_sheets.sheets_by_id(session, sorted(known.keys() - mine))}
    found = [known[id_] for id_ in sorted(seen)]
    desk = reading_sheets.desk_for(session, [assignment for assignment, _ in found], to_write=False)
    return [OnDesk(assignment, seat, desk) for assignment, seat in found]
