"""The books of a quota: whatever is given on, returned and taken, allocated + returned + held = issued, everywhere."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select

from kit.ids import new_id
from services.events.admission.allocation.commands import return_unused
from services.events.admission.entries.model import Entry
from services.events.admission.quotas.model import Quota
from services.events.editions.editions.queries import track
from tests.services.events.competitions.competing import a_track, opened
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub, Refused

RESERVE, PLACES = 2, {SHANGHAI: 4, ANHUI: 3}
ISSUED = RESERVE + sum(PLACES.values())
HOLDERS = ("340000", "310000", "340100", "340800", "college", "school")


class Season(RuleBasedStateMachine):
    """Organisers and offices give places on and take them back while institutions enter and withdraw."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        os.environ["HUB_HOME"] = self.folder.name
        self.events = EventsHub()
        series = {"name_zh": new_id(), "name_en": "of its own"}
        plan = {**a_track(p310000=PLACES[SHANGHAI], p340000=PLACES[ANHUI]), "reserve": RESERVE}
        self.track_id = opened(self.events, series=series, tracks=[plan])
        self.institutions = {
            "college": self.events.organization("340104"),
            "school": self.events.organization("340800"),
            "academy": self.events.organization("310115"),
        }
        self.entered: list[str] = []

    def teardown(self) -> None:
        self.events.stop()
        self.folder.cleanup()

    @rule(place=st.integers(0, 9), holder=st.sampled_from(HOLDERS), places=st.integers(1, 4))
    def allocate(self, place: int, holder: str, places: int) -> None:
        own = self.institutions.get(holder)
        share = {"organization_id": own, "places": places} if own else {"region": holder, "places": places}
        self._try("allocate_places", quota_id=self._some_quota(place), shares=[share])

    @rule(place=st.integers(0, 9), places=st.integers(1, 3))
    def give_back(self, place: int, places: int) -> None:
        self._try("return_places", quota_id=self._some_quota(place), places=places)

    @rule(institution=st.sampled_from(("college", "school", "academy")))
    def enter(self, institution: str) -> None:
        entry = self._try(
            "submit_entry", track_id=self.track_id, organization_id=self.institutions[institution], contestant=new_id()
        )
        if entry:
            self.entered.append(entry["id"])

    @rule(place=st.integers(0, 9))
    def withdraw(self, place: int) -> None:
        if self.entered:
            self._try("withdraw_entry", entry_id=self.entered.pop(place % len(self.entered)))

    @rule()
    def return_all_that_is_unused(self) -> None:
        with self.events.runtime.database.transaction() as session:
            return_unused(session, tracks=[track(session, self.track_id)])
        with self.events.runtime.database.transaction(writes=False) as session:
            below = session.scalars(select(Quota).where(Quota.parent_id.is_not(None))).all()
            assert all(quota.free == 0 for quota in below)

    @invariant()
    def the_books_balance(self) -> None:
        with self.events.runtime.database.transaction(writes=False) as session:
            tree = session.scalars(select(Quota).where(Quota.track_id == self.track_id)).all()
            counts = select(Entry.quota_id, func.count()).where(Entry.status == "entered").group_by(Entry.quota_id)
            entries = dict(session.execute(counts).all())
        root = next(quota for quota in tree if quota.parent_id is None)
        for quota in tree:
            below = [each for each in tree if each.parent_id == quota.id]
            assert quota.allocated + quota.returned + quota.allotted == quota.issued
            assert quota.allocated == sum(each.issued - each.returned for each in below)
            assert quota.taken == entries.get(quota.id, 0) <= quota.allotted
        assert root.issued == ISSUED == sum(quota.allotted for quota in tree)

    def _try(self, method: str, **arguments: Any) -> Any:
        try:
            return self.events.ask(method, **arguments)
        except Refused as refused:
            codes = {problem["code"] for problem in refused.problems}
            assert codes <= {"NOT_WITHIN", "NOT_ENOUGH_PLACES", "NO_QUOTA", "QUOTA_EXHAUSTED", "HELD_ELSEWHERE"}
            return None

    def _some_quota(self, place: int) -> str:
        with self.events.runtime.database.transaction(writes=False) as session:
            ids = session.scalars(select(Quota.id).where(Quota.track_id == self.track_id).order_by(Quota.id)).all()
        return ids[place % len(ids)]


def test_places_are_conserved_whatever_happens(home: Path) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Season,
        settings=settings(
            max_examples=12,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=checks,
        ),
    )
