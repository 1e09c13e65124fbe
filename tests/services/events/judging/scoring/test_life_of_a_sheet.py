"""The life of a sheet: whatever is tried in whatever order, what was submitted changes only after it was returned."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from contracts.base import Refusal
from contracts.events.judging.scoring import SheetStatus
from services.events.judging.scoring.model import Sheet
from tests.services.events.judging.scoring.scored import a_criterion, rules

NOW = datetime(2026, 4, 4, tzinfo=UTC)
RUBRICS = [
    rules().rubric,
    rules(rubric={"version": 2, "criteria": [a_criterion("idea"), a_criterion("craft"), a_criterion("style")]}).rubric,
]
KEYS = ("idea", "craft", "style")


class LifeOfASheet(RuleBasedStateMachine):
    """One sheet against a plain account of what was last written, and what of it was submitted."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet(id="1", version=0, seat_id="s1", status=SheetStatus.DRAFT, points={}, return_reason="")
        self.sheet.remark, self.sheet.rubric = "", ""
        self.rubric = RUBRICS[0]
        self.written: dict[str, str] = {}
        self.submitted: dict[str, str] | None = None

    @rule(keys=st.sets(st.sampled_from(KEYS)), points=st.integers(0, 50), seat=st.sampled_from(["s1", "s1", "s2"]))
    def write(self, keys: set[str], points: int, seat: str) -> None:
        given = {key: Decimal(points) for key in sorted(keys) if key in {each.key for each in self.rubric.criteria}}
        may = self.submitted is None or seat != self.sheet.seat_id
        assert self.done(lambda: self.sheet.write(seat, given, "", self.rubric)) == may
        if may:
            self.written, self.submitted = {key: str(value) for key, value in given.items()}, None

    @rule()
    def submit(self) -> None:
        complete = {each.key for each in self.rubric.criteria} <= set(self.written)
        may = self.submitted is None and complete and self.sheet.rubric == self.rubric.stamp
        assert self.done(lambda: self.sheet.submit(self.rubric, NOW)) == may
        if may:
            self.submitted = self.written

    @rule()
    def give_back(self) -> None:
        assert self.done(lambda: self.sheet.give_back("请核对")) == (self.submitted is not None)
        self.submitted = None

    @rule(rubric=st.sampled_from(RUBRICS))
    def amend(self, rubric: object) -> None:
        self.rubric = rubric  # type: ignore[assignment]

    @invariant()
    def what_was_submitted_stands(self) -> None:
        assert (self.sheet.status == SheetStatus.SUBMITTED) == (self.submitted is not None)
        assert (self.sheet.submitted_at is not None) == (self.submitted is not None)
        assert self.sheet.points == (self.written if self.submitted is None else self.submitted)

    def done(self, deed: object) -> bool:
        before = dict(vars(self.sheet))
        try:
            deed()  # type: ignore[operator]
        except Refusal:
            assert {k: v for k, v in vars(self.sheet).items() if k != "_sa_instance_state"} == {
                k: v for k, v in before.items() if k != "_sa_instance_state"
            }
            return False
        return True


LifeOfASheet.TestCase.settings = settings(max_examples=100, deadline=None)
test_a_sheet_changes_only_as_it_may = LifeOfASheet.TestCase
