"""Waiting lists, whatever happens in whatever order: no place is promised twice, and nobody is skipped without a reason."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from contracts.events.admission.waiting import WaitingPolicy
from kit.ids import new_id
from services.events.admission.entries.model import Entry
from services.events.admission.quotas.model import Quota
from services.events.admission.waiting.model import WaitingDecision
from tests.services.events.competitions.competing import a_track, opened
from tests.services.events.events_hub import EventsHub, Refused

PLACES = 3


class WaitingLists(RuleBasedStateMachine):
    """Two organisations of two provinces share the organisers' places: they enter, wait, withdraw, accept, decline."""

    policy: WaitingPolicy
    entries = Bundle("entries")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        os.environ["HUB_HOME"] = self.folder.name
        self.events = EventsHub()
        self.events.stop()
        self.events.start_without_the_scheduler()
        series = {"name_zh": new_id(), "name_en": "of its own, where the examples share a database"}
        track = {**a_track(p320000=1), "reserve": PLACES}
        waiting = {"policy": self.policy, "offer_hours": 24, "most": 6}
        self.track_id = opened(self.events, series=series, tracks=[track], rules={"waiting": waiting})
        self.organizations = [self.events.organization(), self.events.organization("340100", zh="合肥学院")]

    def teardown(self) -> None:
        self.events.stop()
        self.folder.cleanup()

    @rule(target=entries, which=st.integers(0, 1), group=st.sampled_from([None, None, "甲组"]), wait=st.booleans())
    def submit(self, which: int, group: str | None, wait: bool) -> str:
        given = {"contestant": new_id(), "organization_id": self.organizations[which], "wait_if_full": wait}
        return self._done("submit_entry", track_id=self.track_id, group_name=group, **given)

    @rule(entry_id=consumes(entries))
    def withdraw(self, entry_id: str) -> None:
        self._done("withdraw_entry", entry_id=entry_id)

    @rule(entry_id=entries)
    def accept(self, entry_id: str) -> None:
        self._done("accept_offer", entry_id=entry_id)

    @rule(entry_id=entries)
    def decline(self, entry_id: str) -> None:
        self._done("decline_offer", entry_id=entry_id)

    @rule()
    def lapse(self) -> None:
        """The time of the next offer comes; the scheduler is not waited for."""
        with self.events.runtime.database.transaction(writes=False) as session:
            until = session.scalar(select(func.min(Entry.offered_until)).where(Entry.track_id == self.track_id))
        if until:
            self.events.clock.move_to(until)
            with self.events.runtime.database.transaction() as session:
                self.events.runtime.service.lapse_offers(session, self.track_id)

    @rule(places=st.integers(1, 2))
    def return_places(self, places: int) -> None:
        """Jiangsu, where nobody enters, has one place to give back, once."""
        with self.events.runtime.database.transaction(writes=False) as session:
            of_jiangsu = select(Quota.id).where(Quota.region == "320000", Quota.track_id == self.track_id)
            quota_id = session.scalars(of_jiangsu).one()
        self._done("return_places", quota_id=quota_id, places=places)

    @invariant()
    def no_place_is_promised_twice(self) -> None:
        with self.events.runtime.database.transaction(writes=False) as session:
            root = session.scalars(select(Quota).where(Quota.track_id == self.track_id, Quota.region == "")).one()
            statuses = Counter(session.scalars(select(Entry.status).where(Entry.quota_id == root.id)))
        assert root.taken + root.offered <= root.allotted
        assert (root.taken, root.offered, root.waiting) == (
            statuses["entered"],
            statuses["offered"],
            statuses["waiting"],
        )
        if self.policy != WaitingPolicy.WHOLE_GROUPS:
            assert not (root.waiting and root.free), "a place is free that somebody waits for"

    @invariant()
    def nobody_is_skipped_without_a_reason(self) -> None:
        with self.events.runtime.database.transaction(writes=False) as session:
            decisions = session.scalars(select(WaitingDecision).order_by(WaitingDecision.id)).all()
            entries = {each.id: each for each in session.scalars(select(Entry).where(Entry.track_id == self.track_id))}
        offers = {each.entry_id for each in decisions if each.offered}
        had_offer = {each.id for each in entries.values() if each.status in {"offered", "lapsed"}}
        assert had_offer <= offers
        passed = {each.entry_id for each in decisions if not each.offered}
        for waiting in (each for each in entries.values() if each.status == "waiting"):
            overtaken = any(each > waiting.id and entries[each].quota_id == waiting.quota_id for each in offers)
            assert waiting.id in passed or not overtaken
        if self.policy in {WaitingPolicy.STRICT, WaitingPolicy.BEST_FIT}:
            assert not passed
        for each in decisions:
            assert each.offered == (each.passed_for is None)
            assert (each.policy, each.version) == (self.policy, 1)

    def _done(self, method: str, **arguments: object) -> str:
        try:
            return str(self.events.ask(method, **arguments)["id"])
        except Refused as refused:
            codes = {problem["code"] for problem in refused.problems}
            assert codes <= {
                "QUOTA_EXHAUSTED",
                "OTHERS_WAIT",
                "WAITING_LIST_FULL",
                "ENTRY_ENDED",
                "NO_OFFER",
                "OFFER_OVER",
                "NOT_ENOUGH_PLACES",
                "INVALID",
            }, codes
            return ""


@pytest.mark.parametrize("policy", list(WaitingPolicy))
def test_waiting_lists_keep_their_promises_whatever_happens(home: Path, policy: WaitingPolicy) -> None:
    machine = type("Lists", (WaitingLists,), {"policy": policy})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=6,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
