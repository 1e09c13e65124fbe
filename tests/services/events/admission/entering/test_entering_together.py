"""Entering together: whether entries come by ones or in groups, everybody is answered the same, and so are the books."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from contracts.authority import Role, Scope
from kit.data.db import Context
from kit.ids import new_id
from kit.messages.outbox import OutboxRow
from kit.viewer import Viewer
from kit.wire.request import Request
from services.events.admission.entries.model import Entry
from services.events.admission.quotas.model import Quota
from tests.services.events.admission.entering.entering import LI, TEACHER, WANG, contestant
from tests.services.events.competitions.competing import a_track, opened
from tests.services.events.events_hub import ANHUI, OFFICE, SHANGHAI, EventsHub
from tests.services.together import alone, together

REGIONS = {SHANGHAI: "310115", ANHUI: "340100", "330000": "330106"}  # the last has no quota
VIEWERS = (TEACHER, OFFICE, "", "stranger")
Way = Callable[[EventsHub, Sequence[Request]], list[Any]]


@dataclass(frozen=True)
class Submission:
    """One call of submit_entry; `key` is one of few, so that some come twice."""

    viewer: str = OFFICE
    province: str = SHANGHAI
    name: str = "甲"
    waits: bool = False
    person: str | None = None
    key: str | None = None


SUBMISSIONS = st.builds(
    Submission,
    viewer=st.sampled_from((OFFICE, OFFICE, TEACHER, *VIEWERS)),
    province=st.sampled_from((SHANGHAI, SHANGHAI, *REGIONS)),
    name=st.sampled_from("甲乙丙丁戊"),
    waits=st.booleans(),
    person=st.sampled_from((None, None, WANG, LI)),
    key=st.sampled_from((None, None, None, "one", "two")),
)


def once_each(group: list[Submission]) -> list[Submission]:
    """No key twice: of two at once the second waits for the first, as ever, and others may come before it."""
    first = {each.key: number for number, each in reversed(list(enumerate(group)))}
    return [each if first[each.key] == number else replace(each, key=None) for number, each in enumerate(group)]


GROUPS = st.lists(st.lists(SUBMISSIONS, min_size=1, max_size=7).map(once_each), min_size=1, max_size=3)
BATCHES = st.lists(
    st.lists(SUBMISSIONS.map(lambda each: replace(each, key=None)), min_size=1, max_size=4), min_size=1, max_size=4
)
S = Submission
MANY = [S(name=name) for name in "甲乙丙丁戊"]


@pytest.fixture(scope="module")
def entering() -> Iterator[EventsHub]:
    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "HUB_HOME", home)
        hub = EventsHub()
        yield hub
        hub.stop()


@example(groups=[[*MANY, S(name="甲"), S(name="乙")]])
@example(groups=[[S(name="甲", waits=True), *(S(name=each.name, waits=True) for each in MANY)]])
@example(groups=[[S(name=name, person=WANG) for name in "甲乙"], [S(name="丙", person=LI), S(name="丁", person=WANG)]])
@example(groups=[[S(key="one"), S(name="乙", key="one"), S(key="one"), S(name="乙")], [S(key="one"), S(viewer="")]])
@given(groups=GROUPS)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_course_of_entries_is_the_same_by_ones_and_in_groups(
    entering: EventsHub, groups: list[list[Submission]]
) -> None:
    by_ones, in_groups = [_course(entering, way, groups) for way in (alone, together)]

    assert in_groups == by_ones


@example(
    batches=[[S(name="甲"), S(name="乙")], [S(name="乙"), S(name="丙")], [S(name="丁"), S(name="丁")], [S(name="丙")]]
)
@example(batches=[[S(name="甲", waits=True), S(name="乙"), S(name="丙"), S(name="丁")], [S(name="戊", waits=True)]])
@example(batches=[[S(name="甲", person=WANG)], [S(name="乙", person=WANG)], [S(name="丙", person=LI), S(name="丁")]])
@example(batches=[[S(name="甲", person=LI), S(name="丁", person=WANG)], [S(name="丁", person=LI)]])
@given(batches=BATCHES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_batches_are_the_same_by_ones_and_in_groups(entering: EventsHub, batches: list[list[Submission]]) -> None:
    by_ones, in_groups = [_course(entering, way, [batches], of_many=True) for way in (alone, together)]

    assert in_groups == by_ones


def _course(events: EventsHub, way: Way, groups: list[list[Any]], *, of_many: bool = False) -> tuple[Any, ...]:
    """What all are answered, and what is then in the books, without the names that no two courses share."""
    series = {"name_zh": new_id(), "name_en": "of its own"}
    tracks = [a_track(p310000=3, p340000=2)]
    rules = {"waiting": {"most": 2}, "entries": {"members_required": "never"}}
    track_id = opened(events, series=series, tracks=tracks, rules=rules)
    organizations = {province: events.organization(region) for province, region in REGIONS.items()}
    events.grant(TEACHER, Role.REPRESENTATIVE, Scope.organization(organizations[SHANGHAI]))
    answers = []
    for number, group in enumerate(groups):
        make = _batch if of_many else _request
        requests = [make(each, track_id, organizations, f"course {number}.{place}") for place, each in enumerate(group)]
        answers += way(events, requests)
    return [_told(answer) for answer in answers], _books(events, track_id), _said(events, track_id)


def _request(each: Submission, track_id: str, organizations: dict[str, str], course: str) -> Request:
    arguments = {**_entry(each, track_id, organizations), "wait_if_full": each.waits}
    key = f"{each.key} {track_id}" if each.key else None
    return Request("submit_entry", arguments, Context(Viewer(each.viewer), "zh-CN", course), idempotency_key=key)


def _batch(batch: list[Submission], track_id: str, organizations: dict[str, str], course: str) -> Request:
    """Entries in one call, on behalf of whoever submits the first."""
    first = _request(batch[0], track_id, organizations, course)
    entries = [_entry(each, track_id, organizations) for each in batch]
    return replace(first, method="submit_entries", arguments={"entries": entries, "wait_if_full": batch[0].waits})


def _entry(each: Submission, track_id: str, organizations: dict[str, str]) -> dict[str, Any]:
    members = {"members": [contestant("王", each.person)]} if each.person else {}
    own = {"track_id": track_id, "organization_id": organizations[each.province]}
    return {**own, "contestant": each.name, **members}


def _told(answer: Any) -> Any:
    """The contestant and status of each entry, or the problems."""
    entries = answer if isinstance(answer, list) else [answer]
    return [(each["contestant"], each["status"]) if "status" in each else each for each in entries]


def _books(events: EventsHub, track_id: str) -> Any:
    with events.runtime.database.transaction(writes=False) as session:
        quotas = select(Quota.region, Quota.taken, Quota.waiting, Quota.offered).where(Quota.track_id == track_id)
        entries = select(Entry.province, Entry.contestant, Entry.status).where(Entry.track_id == track_id)
        return (
            session.execute(quotas.order_by(Quota.region)).all(),
            session.execute(entries.order_by(Entry.id)).all(),
        )


def _said(events: EventsHub, track_id: str) -> Any:
    """Every message about an entry, in order, with on whose behalf and in what course of events."""
    with events.runtime.database.transaction(writes=False) as session:
        ids = select(Entry.id).where(Entry.track_id == track_id)
        about = select(OutboxRow.type, OutboxRow.actor, OutboxRow.correlation_id, OutboxRow.subject_version)
        return session.execute(
            about.where(OutboxRow.subject_id.in_(session.scalars(ids).all())).order_by(OutboxRow.id)
        ).all()


def test_a_group_takes_as_many_statements_as_one_and_holds_the_quota_last(entering: EventsHub) -> None:
    track_id = opened(entering, series={"name_zh": new_id(), "name_en": "s"}, tracks=[a_track(p310000=99)])
    organization_id = entering.organization()

    def sent(number: int) -> list[str]:
        names = [new_id() for _ in range(number)]
        requests = [_request(S(name=name, key=name), track_id, {SHANGHAI: organization_id}, name) for name in names]
        entering.settle()
        with entering.statements() as statements:
            together(entering, requests)
        return [statement.split("(")[0].strip() for statement, _ in statements if "pg_notify" not in statement]

    sent(1)  # what is read once and then known
    one, many = sent(1), sent(20)

    assert Counter(many) == Counter(one)
    assert many[-1].startswith("UPDATE quota_tree")


def test_entries_of_one_group_stand_in_the_order_in_which_they_came(entering: EventsHub) -> None:
    track_id = opened(entering, series={"name_zh": new_id(), "name_en": "s"}, tracks=[a_track(p310000=3)])
    organization_id = entering.organization()
    names = [f"{number}" for number in range(8)]
    requests = [_request(S(name=name, waits=True), track_id, {SHANGHAI: organization_id}, name) for name in names]

    answers = together(entering, requests)

    assert [answer["status"] for answer in answers] == ["entered"] * 3 + ["waiting"] * 5
    assert sorted(answer["id"] for answer in answers) == [answer["id"] for answer in answers]
