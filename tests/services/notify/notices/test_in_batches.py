"""Batches: any course of messages gives the same directory, notices, messages and e-mails, however it is cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from contracts.authority import Role, Scope
from kit.messages.inbox import InboxRow
from kit.messages.outbox import OutboxRow
from kit.rights.grants import Grant
from kit.wire.envelope import Envelope
from services.notify.delivery.model import Delivery
from services.notify.directory.model import MembershipStep, Tenure
from services.notify.notices.model import Addressee, Announcement, Notice
from services.notify.notices.queries import tellings
from tests.services.notify.notices.story import Deed, story
from tests.services.notify.notices.test_gathering import applied
from tests.services.notify.notify_hub import (
    ALLIANCE,
    HUANGSHAN,
    NOW,
    NotifyHub,
    granted,
    membership,
    published,
    represents,
)

HANDLERS = ("notify.announce.v1", "notify.keep_role.v1", "notify.keep_membership.v1")
VERBS = ("appoint", "join", "publish", "assign", "dismiss", "leave")
TABLES = (Delivery, Notice, Addressee, Announcement, Tenure, MembershipStep, Grant, InboxRow, OutboxRow)
DEEDS: st.SearchStrategy[list[Deed]] = st.lists(
    st.tuples(st.sampled_from(VERBS), st.sampled_from("pq"), st.sampled_from((0, 1))), max_size=10
)
Course = list[tuple[str, list[Envelope]]]
"""Which handler gets which messages together, one batch after the other."""


def taken(notify: NotifyHub, course: Course) -> dict[str, list[Any]]:
    """What stands in the tables of an empty notify after a course of batches, without ids that were made there."""
    with notify.runtime.database.transaction() as session:
        for table in TABLES:
            session.execute(delete(table))
    for handler, envelopes in course:
        notify.runtime.receive(handler, envelopes)
    with notify.runtime.database.transaction(writes=False) as session:
        found = {table.__tablename__: list(session.scalars(select(table))) for table in TABLES}
    whose = {notice.id: (notice.message_id, notice.rule, notice.recipient) for notice in found["notices"]}
    return {name: sorted((_told(row, whose) for row in rows), key=repr) for name, rows in found.items()}


def _told(row: Any, whose: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    """A row, each notice in it by what it is of."""
    shown = {name: value for name, value in vars(row).items() if not name.startswith("_")}
    if isinstance(row, Notice | OutboxRow | Delivery):
        del shown["id"]
    if isinstance(row, OutboxRow):
        shown["data"] = {**row.data, "notice_id": whose[row.data["notice_id"]]}
    return {name: whose.get(value, value) if isinstance(value, str) else value for name, value in shown.items()}


def singly(course: Course) -> Course:
    return [(handler, [envelope]) for handler, envelopes in course for envelope in envelopes]


@contextmanager
def pumps_resting(notify: NotifyHub) -> Iterator[None]:
    """Nothing but what is called writes."""
    for pump in notify.runtime._pumps:
        pump.stop(10)
    yield


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(deeds=DEEDS, data=st.data())
def test_one_by_one_and_in_batches_the_same_stands_in_every_table(
    notify: NotifyHub, deeds: list[Deed], data: st.DataObject
) -> None:
    heard = [
        (handler, envelope)
        for envelope in data.draw(st.permutations(story(deeds).messages * 2))
        for handler in HANDLERS
        if envelope.type in notify.runtime.handlers[handler].types
    ]
    course: Course = []
    for handler, envelope in heard:
        if course and course[-1][0] == handler and data.draw(st.booleans()):
            course[-1][1].append(envelope)
        else:
            course.append((handler, [envelope]))
    by_handler = [(name, [each for handler, each in heard if handler == name]) for name in HANDLERS]

    with pumps_resting(notify):
        for cut in (course, [batch for batch in by_handler if batch[1]]):
            assert taken(notify, cut) == taken(notify, singly(cut))


def test_what_is_gathered_is_the_same_one_by_one_and_in_batches(notify: NotifyHub) -> None:
    office = granted("secretary", Role.SECRETARIAT, Scope.alliance(ALLIANCE.id), NOW - timedelta(days=1))
    facts = [applied(number, f"actor-{number % 2}") for number in range(60)]
    announced, kept = HANDLERS[0], HANDLERS[1]

    with pumps_resting(notify):
        for course in ([(kept, [office]), (announced, facts)], [(announced, facts), (kept, [office])]):
            assert taken(notify, course) == taken(notify, singly(course))


@pytest.fixture
def few(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NotifyHub]:
    """A notify that tells three people in one transaction at most."""
    monkeypatch.setenv("HUB_NOTICES_WAVE", "3")
    hub = NotifyHub()
    yield hub
    hub.stop()


def test_a_batch_that_concerns_more_people_than_a_wave_is_announced_in_parts_and_not_in_waves(few: NotifyHub) -> None:
    few.hear(membership("MemberAdmitted", HUANGSHAN, NOW), represents("p", at=NOW), represents("q", at=NOW))
    facts = [published(NOW) for _ in range(4)]

    few.runtime.receive("notify.announce.v1", facts)

    assert [few.told_of(fact) for fact in facts] == [["p", "q"]] * 4
    with few.runtime.database.transaction(writes=False) as session:
        assert tellings(session) == []


def test_many_facts_cost_as_many_statements_as_one(notify: NotifyHub) -> None:
    notify.hear(membership("MemberAdmitted", HUANGSHAN, NOW), represents("p", at=NOW))
    counts = []
    for number in (1, 20):
        with pumps_resting(notify), notify.statements() as sent:
            notify.runtime.receive("notify.announce.v1", [published(NOW) for _ in range(number)])
        counts.append(len(sent))

    assert counts[0] == counts[1]
