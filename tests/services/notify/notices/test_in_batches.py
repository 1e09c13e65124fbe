"""Batches: any course of messages gives the same directory, notices, messages and e-mails, however it is cut."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
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
from tests.services.notify.notices.story import Deed, Story, story
from tests.services.notify.notices.test_arriving_in_any_order import ALL, BEGINNINGS, ONE_HUB, deeds
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
TABLES = (Delivery, Notice, Addressee, Announcement, Tenure, MembershipStep, Grant, InboxRow, OutboxRow)
DIRECTORY = ("tenures", "membership_steps", "grants", "announcements", "addressees", "inbox")
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


def courses(notify: NotifyHub, messages: list[Envelope], data: st.DataObject) -> list[Course]:
    """These messages and their repetitions in any order, cut somehow, and for each handler all at once."""
    heard = [
        (handler, envelope)
        for envelope in data.draw(st.permutations(messages * 2))
        for handler in HANDLERS
        if envelope.type in notify.runtime.handlers[handler].types
    ]
    cut: Course = []
    for handler, envelope in heard:
        if cut and cut[-1][0] == handler and data.draw(st.booleans()):
            cut[-1][1].append(envelope)
        else:
            cut.append((handler, [envelope]))
    uncut = [(name, [each for handler, each in heard if handler == name]) for name in HANDLERS]
    return [cut, [batch for batch in uncut if batch[1]]]


@ONE_HUB
@given(done=deeds(BEGINNINGS), data=st.data())
def test_one_by_one_and_in_batches_the_same_stands_in_every_table(
    notify: NotifyHub, done: list[Deed], data: st.DataObject
) -> None:
    with pumps_resting(notify):
        for course in courses(notify, story(done).messages, data):
            assert taken(notify, course) == taken(notify, singly(course))


@ONE_HUB
@given(done=deeds(ALL), data=st.data())
def test_where_an_end_is_known_together_with_its_beginning_fewer_former_holders_are_told_besides(
    notify: NotifyHub, done: list[Deed], data: st.DataObject
) -> None:
    happened = story(done)
    with pumps_resting(notify):
        for course in courses(notify, happened.messages, data):
            batched, by_one = taken(notify, course), taken(notify, singly(course))
            assert {name: batched[name] for name in DIRECTORY} == {name: by_one[name] for name in DIRECTORY}
            assert _exactly(happened) <= _people(batched) <= _people(by_one)


def _people(found: dict[str, list[Any]]) -> set[tuple[str, str]]:
    return {(notice["message_id"], notice["recipient"]) for notice in found["notices"]}


def _exactly(happened: Story) -> set[tuple[str, str]]:
    return {(fact, person) for fact, people in happened.exact.items() for person in people}


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
    notify.rest()
    with pumps_resting(notify):
        for number in (1, 20):
            with notify.statements_at_once() as sent:
                notify.runtime.receive("notify.announce.v1", [published(NOW) for _ in range(number)])
            counts.append(len(sent))

    assert counts[0] == counts[1]
