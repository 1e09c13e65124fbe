"""The quota: whatever happens, `taken` is the number of standing entries and never more than the places."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from contracts.base import Refusal
from contracts.events.admission.entries import EntriesNotOpen
from contracts.events.admission.quotas import QuotaExhausted
from kit.data.db import Session
from kit.ids import new_id
from procedures.quotas import places as places_of
from services.events.admission.entries.model import Entry
from services.events.admission.quotas.model import Quota
from tests.services.events.competitions.competing import a_track, opened, places
from tests.services.events.events_hub import ANHUI, SHANGHAI, EventsHub, Refused, at_once


def test_many_at_once_get_exactly_the_places_there_are(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=7)])
    organization_id = events.organization()
    said = len(events.said())

    submit = partial(events.ask, "submit_entry", track_id=track_id, organization_id=organization_id)
    outcomes = at_once(*[partial(_submit_ten, submit, client) for client in range(4)])

    answers = [answer for client in outcomes for answer in client]
    refusals = [answer.problems for answer in answers if isinstance(answer, Refused)]
    assert len(answers) - len(refusals) == 7
    assert refusals == [[{"code": "QUOTA_EXHAUSTED", "field": "trackId", "params": {"places": 7}}]] * 33
    assert places(events, track_id) == {SHANGHAI: (7, 7, 0)}
    assert [type_ for type_, _ in events.said(since=said)] == ["events.entry_submitted"] * 7


def _submit_ten(submit: Callable[..., Any], client: int) -> list[Any]:
    answers: list[Any] = []
    for number in range(10):
        try:
            answers.append(submit(contestant=f"{client}-{number}"))
        except Refused as refused:
            answers.append(refused)
    return answers


def test_the_same_contestant_at_once_is_entered_once(events: EventsHub) -> None:
    track_id = opened(events, tracks=[a_track(p310000=7)])
    organization_id = events.organization()
    arguments = {"track_id": track_id, "organization_id": organization_id, "contestant": "第一队"}

    outcomes = at_once(*[partial(events.ask, "submit_entry", **arguments)] * 6)

    refusals = [outcome.problems[0]["code"] for outcome in outcomes if isinstance(outcome, Refused)]
    assert refusals == ["ALREADY_ENTERED"] * 5
    assert places(events, track_id) == {SHANGHAI: (7, 1, 6)}


@pytest.mark.parametrize(("taken", "check"), [(-1, "counts"), (3, "never_oversold")])
def test_the_database_itself_refuses_to_oversell(events: EventsHub, taken: int, check: str) -> None:
    track_id = opened(events)

    oversell = update(Quota).where(Quota.province == SHANGHAI).values(taken=taken)
    with pytest.raises(IntegrityError, match=check), events.runtime.database.transaction() as session:
        session.execute(oversell)

    assert places(events, track_id)[SHANGHAI] == (2, 0, 2)


@pytest.mark.parametrize(
    ("meanwhile", "refusal"), [({"taken": Quota.allotted}, QuotaExhausted), ({"closed": True}, EntriesNotOpen)]
)
def test_who_saw_a_free_place_that_is_gone_when_it_is_taken_is_refused(
    events: EventsHub, monkeypatch: pytest.MonkeyPatch, meanwhile: dict[str, Any], refusal: type[Refusal]
) -> None:
    track_id = opened(events)
    organization_id = events.organization()
    events.rest()
    before = events.contents()
    database, begin, take, tries = events.runtime.database, events.runtime.database.transaction, places_of.take, []

    def taken(session: Session, *given: Any, **more: Any) -> bool:
        tries.append(session.retried)
        return session.retried and take(session, *given, **more)

    @contextmanager
    def after_others(*given: Any, **more: Any) -> Iterator[Session]:
        with begin() as session:
            session.execute(
                update(Quota).where(Quota.region == SHANGHAI).values(**(meanwhile if tries else {"taken": 0}))
            )
        with begin(*given, **more) as session:
            yield session

    monkeypatch.setattr(places_of, "take", taken)
    monkeypatch.setattr(database, "transaction", after_others)
    refused = events.refusals("submit_entry", track_id=track_id, organization_id=organization_id, contestant="第一队")
    monkeypatch.setattr(database, "transaction", begin)

    assert [each["code"] for each in refused] == [refusal.code]
    assert tries == [False]
    assert events.contents()["entries"] == before["entries"] == []


PLACES = {SHANGHAI: 3, ANHUI: 2}


class Delegations(RuleBasedStateMachine):
    """Two provinces enter and withdraw contestants, some twice; a plain model says what should have come of it."""

    entered = Bundle("entered")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        os.environ["HUB_HOME"] = self.folder.name
        self.events = EventsHub()
        series = {"name_zh": new_id(), "name_en": "of its own, where the examples share a database"}
        tracks = [a_track(p310000=PLACES[SHANGHAI], p340000=PLACES[ANHUI])]
        self.track_id = opened(self.events, series=series, tracks=tracks)
        self.organizations = {SHANGHAI: self.events.organization("310115"), ANHUI: self.events.organization("340100")}
        self.standing: dict[str, tuple[str, str]] = {}

    def teardown(self) -> None:
        self.events.stop()
        self.folder.cleanup()

    @rule(target=entered, province=st.sampled_from(sorted(PLACES)), contestant=st.sampled_from("甲乙丙丁"))
    def submit(self, province: str, contestant: str) -> str:
        arguments = {"organization_id": self.organizations[province], "contestant": contestant}
        expected = self._expected(province, contestant)
        if expected:
            self._is_refused(expected, "submit_entry", track_id=self.track_id, **arguments)
            return ""
        entry_id = str(self.events.ask("submit_entry", track_id=self.track_id, **arguments)["id"])
        self.standing[entry_id] = (province, contestant)
        return entry_id

    @rule(entry_id=entered.filter(bool))
    def withdraw(self, entry_id: str) -> None:
        if entry_id in self.standing:
            self.events.ask("withdraw_entry", entry_id=entry_id)
            del self.standing[entry_id]
        else:
            self._is_refused("ENTRY_ENDED", "withdraw_entry", entry_id=entry_id)

    @invariant()
    def taken_is_the_number_of_standing_entries(self) -> None:
        with self.events.runtime.database.transaction(writes=False) as session:
            quotas = select(Quota.province, Quota.taken).where(
                Quota.track_id == self.track_id, Quota.level == "province"
            )
            taken = dict(session.execute(quotas).all())
            entered = select(Entry.province, func.count()).group_by(Entry.province)
            entered = entered.where(Entry.track_id == self.track_id, Entry.status == "entered")
            standing = dict(session.execute(entered).all())
        expected = {province: self._held(province) for province in PLACES}
        assert taken == expected
        assert {province: standing.get(province, 0) for province in PLACES} == expected
        assert all(taken[province] <= PLACES[province] for province in PLACES)

    def _is_refused(self, code: str, method: str, **arguments: str) -> None:
        with pytest.raises(Refused) as refused:
            self.events.ask(method, **arguments)
        assert refused.value.problems[0]["code"] == code

    def _held(self, province: str) -> int:
        return sum(of == province for of, _ in self.standing.values())

    def _expected(self, province: str, contestant: str) -> str | None:
        if (province, contestant) in self.standing.values():
            return "ALREADY_ENTERED"
        return "QUOTA_EXHAUSTED" if self._held(province) == PLACES[province] else None


def test_taken_is_the_number_of_standing_entries_whatever_happens(home: Path) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    run_state_machine_as_test(
        Delegations,
        settings=settings(max_examples=15, stateful_step_count=25, deadline=None, suppress_health_check=checks),
    )
