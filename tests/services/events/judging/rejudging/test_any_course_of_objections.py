"""Whatever is proposed, signed, objected to, voted, judged again, applied or cancelled, in whatever order and time."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any, ClassVar

import orjson
import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from contracts.authority import Role, Scope
from hub.settings import read_settings
from kit.context import Context
from kit.documents.digest import digest
from kit.messages.outbox import OutboxRow
from kit.process.runtime import Runtime, marked
from kit.viewer import Viewer
from kit.wire.request import Request
from kit.work.timers import Schedule
from services.events.judging.objections.model import OPEN, Objection
from services.events.judging.results.model import ResultVersion
from services.events.service import EventsService
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub, Refused, StandingClock
from tests.services.events.judging.results.judging import ARBITRATORS, JUDGES, SUPERVISOR, Judged, judged, rep

LETTERS = ("A", "B", "C", "D")
SCORES = {"A": (90, 88), "B": (85, 83), "C": (80, 82), "D": (80, 80)}
BOTH = "both"
"""Somebody who organises and supervises: the two signatures must not both be theirs."""


class StillHub:
    """The events service on a database of its own, without threads: what falls due is done when it is asked for."""

    def __init__(self, home: Path, clock: StandingClock) -> None:
        os.environ["HUB_HOME"] = str(home)
        self.clock = clock
        stub: Any = SimpleNamespace(close=lambda: None, system="none")
        self.runtime = Runtime(EventsService, read_settings(), clock, stub)
        service = self.runtime.service
        timers = {timer: getattr(service, name) for name, timer in marked(EventsService, "timer")}
        self._schedule = Schedule(self.runtime.database, timers, self.runtime.settings.retry)

    def ask(self, method: str, viewer: str, **arguments: Any) -> Any:
        payload = self.runtime.answer(Request(method, arguments, Context(Viewer(viewer))))
        assert payload is not None
        if payload["error"] is None:
            return payload["result"]
        assert payload["error"]["kind"] == "refusal", payload["error"]
        raise Refused(payload["error"]["problems"])

    def do_what_is_due(self) -> None:
        while (due := self._schedule.work()) is not None and due <= self.clock.now():
            pass

    def messages(self) -> int:
        with self.runtime.database.transaction(writes=False) as session:
            return session.scalar(select(func.count()).select_from(OutboxRow)) or 0


class AnyCourse(RuleBasedStateMachine):
    """Steps of everybody concerned, most of which are refused at most moments."""

    home: ClassVar[Path]
    judged: ClassVar[Judged]
    done: ClassVar[Counter[str]]

    @initialize(at=st.sampled_from(["judged again", "judged again", "proposed", "announced", "nothing"]))
    def begin(self, at: str) -> None:
        """Begin early or late: steps by chance seldom come as far as a re-judging."""
        self._folder = TemporaryDirectory()
        home = Path(self._folder.name)
        shutil.copytree(self.home, home, dirs_exist_ok=True)
        clock = StandingClock(self.judged.events.clock.now())
        self.hub = StillHub(home, clock)
        self.stage = replace(self.judged, events=self.hub)  # type: ignore[arg-type]
        self.objections: list[str] = []
        self.rejudgings: list[str] = []
        self.previewed: dict[str, Any] = {}
        self.versions: dict[int, tuple[str, str]] = {}
        if at == "proposed":
            self.propose(BOTH)
        elif at != "nothing":
            self.stage.announce()
        if at == "judged again":
            self.object_uphold_and_judge_again("C", 95)

    def teardown(self) -> None:
        if hasattr(self, "hub"):
            self.hub.runtime.database.close()
            self._folder.cleanup()

    def step(self, method: str, viewer: str, **given: Any) -> Any:
        """What a step came to, None where it was refused; a refusal records no message."""
        before = self.hub.messages()
        try:
            answer = self.hub.ask(method, viewer, **given)
        except Refused as refused:
            note(f"{method} by {viewer}: {refused.problems[0]['code']}")
            assert self.hub.messages() == before
            return None
        note(f"{method} by {viewer}: done")
        self.done[method] += 1
        return answer

    @precondition(lambda self: not self.objections)
    @rule(viewer=st.sampled_from([ORGANIZER, BOTH]))
    def propose(self, viewer: str) -> None:
        self.step("propose_result", viewer, stage_id=self.stage.stage_id)

    @rule(viewer=st.sampled_from([BOTH, SUPERVISOR, ORGANIZER]))
    def countersign(self, viewer: str) -> None:
        result = self.stage.result(ORGANIZER)
        proposed = [each for each in result["versions"] if each["status"] == "proposed"] if result else []
        if proposed:
            self.step("countersign_result", viewer, result_id=result["id"], digest=proposed[0]["digest"])

    @rule(really=st.sampled_from([True, False, False]))
    def withdraw_proposal(self, really: bool) -> None:
        result = self.stage.result(ORGANIZER)
        if result and really:
            self.step("withdraw_proposal", SUPERVISOR, result_id=result["id"])

    @rule(letter=st.sampled_from(LETTERS), ground=st.sampled_from(["procedure", "eligibility"]))
    def object(self, letter: str, ground: str) -> None:
        result = self.stage.result(ORGANIZER)
        if result is None:
            return
        said = {"entry_id": self.stage.entries[letter], "ground": ground, "statement": "…"}
        filed = self.step("file_objection", rep(letter), result_id=result["id"], **said)
        if filed:
            self.objections.append(filed["id"])

    @precondition(lambda self: self.objections)
    @rule(data=st.data())
    def seat(self, data: st.DataObject) -> None:
        self.step("seat_arbitrators", ORGANIZER, objection_id=data.draw(st.sampled_from(self.objections)))

    @rule(letter=st.sampled_from(LETTERS), total=st.integers(60, 100))
    def object_uphold_and_judge_again(self, letter: str, total: int) -> None:
        """The long way to a re-judging."""
        self.object(letter, "eligibility")
        if self.objections and self.step("seat_arbitrators", ORGANIZER, objection_id=self.objections[-1]):
            for person in ARBITRATORS:
                self.step("vote_on_objection", person, objection_id=self.objections[-1], uphold=True, reason="…")
            given = {"objection_id": self.objections[-1], "entry_ids": [self.stage.entries[letter]]}
            opened = self._by_panel("open_rejudging", people=[JUDGES[0]], **given)
            self.rejudgings.append(opened["id"])
            self._judge_again(opened["id"], letter, total, JUDGES[0])
            self.previewed[opened["id"]] = self.hub.ask("rejudging", ORGANIZER, rejudging_id=opened["id"])

    @precondition(lambda self: self.objections)
    @rule(data=st.data(), letter=st.sampled_from(LETTERS))
    def withdraw_objection(self, data: st.DataObject, letter: str) -> None:
        self.step("withdraw_objection", rep(letter), objection_id=data.draw(st.sampled_from(self.objections)))

    @precondition(lambda self: self.objections)
    @rule(data=st.data(), people=st.permutations(ARBITRATORS), uphold=st.sampled_from([True, True, False]))
    def vote(self, data: st.DataObject, people: list[str], uphold: bool) -> None:
        objection_id = data.draw(st.sampled_from(self.objections))
        for person in people[:3]:
            self.step("vote_on_objection", person, objection_id=objection_id, uphold=uphold, reason="…")

    @precondition(lambda self: self.objections)
    @rule(data=st.data(), letters=st.sets(st.sampled_from(LETTERS), min_size=1))
    def open_rejudging(self, data: st.DataObject, letters: set[str]) -> None:
        entry_ids = [self.stage.entries[letter] for letter in sorted(letters)]
        given = {"objection_id": data.draw(st.sampled_from(self.objections)), "entry_ids": entry_ids}
        opened = self._by_panel("open_rejudging", people=[JUDGES[0]], **given)
        if opened:
            self.rejudgings.append(opened["id"])

    @precondition(lambda self: self.rejudgings)
    @rule(data=st.data(), letter=st.sampled_from(LETTERS), total=st.integers(60, 100), judge=st.sampled_from(JUDGES))
    def judge_again(self, data: st.DataObject, letter: str, total: int, judge: str) -> None:
        self._judge_again(data.draw(st.sampled_from(self.rejudgings)), letter, total, judge)

    @precondition(lambda self: self.rejudgings)
    @rule(data=st.data(), letter=st.sampled_from(LETTERS), judge=st.sampled_from([*JUDGES, None]))
    def rule_on_it(self, data: st.DataObject, letter: str, judge: str | None) -> None:
        given = {"rejudging_id": data.draw(st.sampled_from(self.rejudgings)), "reason": "…"}
        if judge:
            self._by_panel("exclude_sheet", sheet_id=self.stage.assignments[letter, judge], **given)
        else:
            self._by_panel("disqualify_entry", entry_id=self.stage.entries[letter], **given)

    @precondition(lambda self: self.rejudgings)
    @rule(data=st.data())
    def preview(self, data: st.DataObject) -> None:
        rejudging_id = data.draw(st.sampled_from(self.rejudgings))
        self.previewed[rejudging_id] = self.hub.ask("rejudging", ORGANIZER, rejudging_id=rejudging_id)

    @precondition(lambda self: self.previewed)
    @rule(data=st.data())
    def apply(self, data: st.DataObject) -> None:
        """Apply what was previewed just now."""
        rejudging_id = data.draw(st.sampled_from(sorted(self.previewed)))
        self.previewed[rejudging_id] = self.hub.ask("rejudging", ORGANIZER, rejudging_id=rejudging_id)
        self._apply(rejudging_id)

    @precondition(lambda self: self.previewed)
    @rule(data=st.data(), total=st.integers(60, 100), judge=st.sampled_from(JUDGES))
    def apply_what_was_seen_before(self, data: st.DataObject, total: int, judge: str) -> None:
        """Apply what was previewed before one more sheet, and maybe many steps, changed it."""
        rejudging_id = data.draw(st.sampled_from(sorted(self.previewed)))
        covered = self.previewed[rejudging_id]["entry_ids"]
        letters = [letter for letter in LETTERS if self.stage.entries[letter] in covered]
        self._judge_again(rejudging_id, data.draw(st.sampled_from(letters)), total, judge)
        self._apply(rejudging_id)

    @precondition(lambda self: self.rejudgings)
    @rule(data=st.data(), really=st.sampled_from([True, False, False, False]))
    def cancel(self, data: st.DataObject, really: bool) -> None:
        if really:
            self._by_panel("cancel_rejudging", rejudging_id=data.draw(st.sampled_from(self.rejudgings)), reason="…")

    @rule(hours=st.sampled_from([1, 1, 1, 24, 73, 121]))
    def let_time_pass(self, hours: int) -> None:
        self.hub.clock.advance(timedelta(hours=hours))
        self.hub.do_what_is_due()

    @invariant()
    def nothing_is_public_while_anybody_objects(self) -> None:
        if not hasattr(self, "hub"):
            return
        with self.hub.runtime.database.transaction(writes=False) as session:
            open_ = session.scalar(select(func.count()).select_from(Objection).where(Objection.closed_at.is_(None)))
            known = session.scalar(select(func.count()).select_from(Objection).where(Objection.status.in_(OPEN)))
        result = self.stage.result()
        rows = self.stage.rows() if self.stage.result(ORGANIZER) else []
        assert open_ == known
        if open_:
            assert (result["status"], rows, result["digest"], result["versions"]) == ("frozen", [], None, [])
            shown = self.hub.ask("result_document", "", result_id=result["id"])
            assert shown is None
        elif result:
            assert result["status"] in {"announced", "final"} and rows

    @invariant()
    def versions_only_grow_and_none_changes(self) -> None:
        if not hasattr(self, "hub"):
            return
        with self.hub.runtime.database.transaction(writes=False) as session:
            documents = undefer(ResultVersion.document), undefer(ResultVersion.whole_document)
            found = session.scalars(select(ResultVersion).options(*documents)).all()
            now = {each.number: (each.document, each.whole_document) for each in found}
            for each in found:
                assert digest(orjson.loads(each.document)) == each.digest
                assert digest(orjson.loads(each.whole_document)) == orjson.loads(each.document)["whole"]
                assert (each.signed_by is None) == (each.status in {"proposed", "withdrawn"})
                assert each.signed_by != each.proposed_by
        assert sorted(now) == list(range(1, len(now) + 1))
        assert {number: now[number] for number in self.versions} == self.versions
        self.versions = now

    @invariant()
    def who_goes_on_is_settled_when_the_result_is_final_and_not_before(self) -> None:
        if not hasattr(self, "hub"):
            return
        result = self.stage.result(ORGANIZER)
        final = bool(result) and result["status"] == "final"
        assert bool(self.stage.participants(self.stage.next_stage_id)) == final
        if final:
            assert result["notice_ends_at"] <= result["final_at"]

    def _apply(self, rejudging_id: str) -> None:
        """Apply what was previewed; where that is not refused, the new version differs by this and nothing else."""
        seen = self.previewed[rejudging_id]
        if seen["difference_digest"] is None:
            return
        given = {"rejudging_id": rejudging_id, "difference_digest": seen["difference_digest"]}
        if self._by_panel("apply_rejudging", **given):
            result = self.stage.result(ORGANIZER)
            newest = max(each["number"] for each in result["versions"])
            assert seen["difference"] == self._changes(result["version"], newest)

    def _judge_again(self, rejudging_id: str, letter: str, total: int, judge: str) -> None:
        sheet = {"scores": [{"criterion": "total", "points": str(total)}], "remark": ""}
        given = {"sheet_id": self.stage.assignments[letter, judge], **sheet}
        self.step("rejudge_sheet", JUDGES[0], rejudging_id=rejudging_id, **given)

    def _by_panel(self, method: str, **given: Any) -> Any:
        """What came of it for the first of the panel who may; everybody else is refused."""
        for person in ARBITRATORS:
            done = self.step(method, person, **given)
            if done:
                return done
        return None

    def _changes(self, before: int, after: int) -> list[dict[str, Any]]:
        """The difference of two versions by their rows, as a preview shows it."""
        old = {row["entry_id"]: row for row in self.stage.rows(ORGANIZER, version=before)}
        return [
            {
                "entry_id": row["entry_id"],
                "contestant": row["contestant"],
                "place_before": old[row["entry_id"]]["place"],
                "place_after": row["place"],
                "score_before": old[row["entry_id"]]["score"],
                "score_after": row["score"],
            }
            for row in self.stage.rows(ORGANIZER, version=after)
            if (row["place"], row["score"]) != (old[row["entry_id"]]["place"], old[row["entry_id"]]["score"])
        ]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type[AnyCourse]]:
    """A machine each of whose runs begins with the same stage, judged and opened."""
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    hub = EventsHub()
    stage = judged(hub, SCORES)
    for role in (Role.ORGANIZER, Role.SUPERVISOR):
        hub.grant(BOTH, role, Scope.event(stage.series_id))
    hub.stop()
    return type("AnyCourseHere", (AnyCourse,), {"home": tmp_path, "judged": stage, "done": Counter()})


def test_in_any_course_nothing_is_public_while_anybody_objects_and_what_was_previewed_is_applied(
    course: type[AnyCourse],
) -> None:
    few = settings(
        max_examples=int(os.environ.get("COURSES", "12")),
        stateful_step_count=30,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )

    run_state_machine_as_test(course, settings=few)

    print(dict(sorted(course.done.items())))
