"""Waves: a message that concerns very many is told in transactions of bounded size, and everybody has exactly one notice."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from kit.calls.hooks import RESTORED
from kit.context import Context
from kit.ids import new_id
from kit.wire.envelope import Envelope
from kit.work.timers import DueRow
from services.notify.delivery.model import Contact, Delivery
from services.notify.directory.model import MembershipStep, Tenure
from services.notify.notices import commands
from services.notify.notices.settings import NoticeLimits
from tests.services.notify.notify_hub import (
    ALLIANCE,
    HUANGSHAN,
    NOW,
    NotifyHub,
    eventually,
    membership,
    published,
    represents,
)

MANY = 20_000
LONG = timedelta(hours=6)
"""Longer than any wait for the next try."""

KILLED = """
import os, pickle, signal, sys
from pathlib import Path
import services.notify.notices.commands as commands
from tests.services.notify.notify_hub import NotifyHub, eventually

issue, waves = commands._issue, []

def dying(session, *whom):
    waves.append(issue(session, *whom))
    session.flush()
    if len(waves) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return waves[-1]

commands._issue = dying
hub = NotifyHub()
waves.clear()
hub.hear(pickle.loads(Path(sys.argv[1]).read_bytes()))
eventually(lambda: False)
"""
"""A process that hears a fact and is killed when it has written the third wave, before that is committed."""


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """So few notices to a wave that a handful of people makes many waves."""
    monkeypatch.setenv("HUB_NOTICES_WAVE", "3")
    return 3


def people(notify: NotifyHub, number: int, *, contacts: bool = False) -> list[str]:
    """So many organisations, each a member of ALLIANCE with a representative of its own; who represents them."""
    persons = [f"person-{place:06}" for place in range(number)]
    steps = [
        {"membership_id": new_id(), "version": 1, "since": NOW, "status": "member", "alliance_id": ALLIANCE.id}
        | {"organization_id": f"of {person}"}
        for person in persons
    ]
    held = {"granted_at": NOW, "role": "representative", "scope_type": "organization"}
    tenures = [{"grant_id": new_id(), "person": each, "scope_id": f"of {each}", **held} for each in persons]
    addresses = {each: f"{each}@example.org" for each in persons if contacts}
    reached = [
        {"person": each, "version": 1, "address": address, "confirmed_address": address}
        for each, address in addresses.items()
    ]
    with notify.runtime.database.transaction() as session:
        session.execute(insert(MembershipStep), steps)
        session.execute(insert(Tenure), tenures)
        if reached:
            session.execute(insert(Contact).values(locale="en", wants_email=True), reached)
    return persons


def told(notify: NotifyHub, fact: Envelope) -> Counter[str]:
    return Counter(notify.told_of(fact))


def left(notify: NotifyHub) -> int:
    """How many tellings go on."""
    with notify.runtime.database.transaction(writes=False) as session:
        return session.scalar(select(func.count()).select_from(DueRow)) or 0


def failed(notify: NotifyHub) -> bool:
    """Whether a telling waits to be tried again."""
    with notify.runtime.database.transaction(writes=False) as session:
        return session.scalar(select(func.count()).where(DueRow.error.is_not(None))) == 1


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many notices each transaction has written."""
    sizes: list[int] = []
    issue = commands._issue

    def noted(session: Any, *whom: Any) -> Any:
        issued = issue(session, *whom)
        sizes.append(len(issued))
        return issued

    monkeypatch.setattr(commands, "_issue", noted)
    return sizes


def fail_once(monkeypatch: pytest.MonkeyPatch, *, after: int) -> None:
    """Let one wave fail, after so many that do not."""
    issue, fails = commands._issue, iter([*[False] * after, True])

    def failing(session: Any, *whom: Any) -> Any:
        if next(fails, False):
            raise RuntimeError("this wave fails")
        return issue(session, *whom)

    monkeypatch.setattr(commands, "_issue", failing)


def test_a_role_that_was_often_given_and_taken_back_does_not_keep_a_telling_going(few: int, notify: NotifyHub) -> None:
    persons = people(notify, few + 1)
    with notify.runtime.database.transaction() as session:
        first = session.scalars(select(Tenure).order_by(Tenure.grant_id).limit(1)).one()
        often = [first.granted_at - timedelta(hours=hours) for hours in range(1, 3 * few)]
        same = {"grant_id": first.grant_id, "person": first.person, "role": first.role}
        same |= {"scope_type": first.scope_type, "scope_id": first.scope_id}
        session.execute(insert(Tenure), [{**same, "granted_at": at, "revoked_at": at} for at in often])
    fact = published()

    notify.hear(fact)

    eventually(lambda: not left(notify) and len(notify.told()) >= len(persons))
    assert told(notify, fact) == Counter(persons)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 6, 7, 10])
def test_a_telling_ends_with_exactly_one_notice_for_each(few: int, notify: NotifyHub, number: int) -> None:
    persons = people(notify, number)
    fact = published()

    notify.hear(fact, fact)

    eventually(lambda: not left(notify) and len(notify.told()) >= number)
    assert told(notify, fact) == Counter(persons)


def test_no_transaction_writes_more_than_a_wave(few: int, notify: NotifyHub, written: list[int]) -> None:
    people(notify, 10)

    notify.hear(published())

    eventually(lambda: sum(written) == 10 and not left(notify))
    assert max(written) <= few


def test_a_process_killed_within_a_wave_loses_nobody_and_tells_nobody_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    before = NotifyHub()
    persons, fact = people(before, 10, contacts=True), published()
    before.stop()

    (tmp_path / "fact").write_bytes(pickle.dumps(fact))
    child = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path / "fact")], check=False, timeout=60)
    assert child.returncode == -signal.SIGKILL

    after = NotifyHub()
    try:
        already = told(after, fact)
        assert 0 < already.total() < len(persons) and left(after)
        assert already == Counter(persons[: already.total()])
        after.clock.advance(LONG)
        after.hear(fact)
        eventually(lambda: not left(after))
        assert told(after, fact) == Counter(persons)
        with after.runtime.database.transaction(writes=False) as session:
            posted = session.scalars(select(Delivery.notice_id)).all()
        assert len(posted) == len(set(posted)) == len(persons)
    finally:
        after.stop()


def test_a_wave_that_fails_is_told_later(few: int, notify: NotifyHub, monkeypatch: pytest.MonkeyPatch) -> None:
    persons, fact = people(notify, 7), published()
    fail_once(monkeypatch, after=2)
    notify.hear(fact)
    eventually(lambda: failed(notify))
    assert 0 < told(notify, fact).total() < 7

    notify.clock.advance(LONG)

    eventually(lambda: not left(notify))
    assert told(notify, fact) == Counter(persons)


def test_who_becomes_known_between_two_waves_is_told_once(
    few: int, notify: NotifyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    persons, fact = people(notify, 5), published(at=NOW)
    fail_once(monkeypatch, after=2)
    notify.hear(fact)
    eventually(lambda: failed(notify))

    notify.hear(membership("MemberAdmitted", HUANGSHAN, NOW), represents("a-early", HUANGSHAN, NOW))
    notify.hear(represents("z-late", HUANGSHAN, NOW))
    assert {"a-early", "z-late"} <= set(told(notify, fact))
    notify.clock.advance(LONG)

    eventually(lambda: not left(notify))
    assert told(notify, fact) == Counter([*persons, "a-early", "z-late"])


def test_one_person_is_told_while_a_large_telling_goes_on(
    few: int, notify: NotifyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(notify, 7)
    large, small = published(at=NOW), membership("MemberAdmitted", HUANGSHAN, NOW)
    notify.hear(represents("alone", HUANGSHAN, NOW))
    fail_once(monkeypatch, after=2)
    notify.hear(large)
    eventually(lambda: failed(notify))

    notify.hear(small)

    assert told(notify, small) == Counter(["alone"])
    assert left(notify) == 1


def test_two_replicas_tell_everybody_once(few: int, notify: NotifyHub) -> None:
    persons, facts = people(notify, 20), [published(), published()]
    other = NotifyHub()
    try:
        notify.hear(facts[0])
        other.hear(facts[1])
        eventually(lambda: not left(notify))
        assert [told(notify, fact) for fact in facts] == [Counter(persons)] * 2
    finally:
        other.stop()


def test_what_is_replayed_is_told_at_once_and_posted_to_nobody(few: int, notify: NotifyHub) -> None:
    persons, fact = people(notify, 7, contacts=True), published()

    notify.runtime.inbox.replay(notify.runtime.handlers["notify.announce.v1"], fact, heard=True)

    assert (told(notify, fact), left(notify)) == (Counter(persons), 0)
    assert {(row.state, row.error) for row in notify.deliveries()} == {("skipped", "replayed")}


def test_a_telling_in_a_restored_database_ends_there_and_posts_nothing(
    few: int, notify: NotifyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    persons, fact = people(notify, 7, contacts=True), published()
    fail_once(monkeypatch, after=2)
    notify.hear(fact)
    eventually(lambda: failed(notify))

    with notify.runtime.database.transaction(Context(replayed=True)) as session:
        for follow in notify.runtime.service.hooked(RESTORED):
            follow(session, NOW)

    assert (told(notify, fact), left(notify)) == (Counter(persons), 0)
    assert Counter((row.state == "skipped", row.error) for row in notify.deliveries())[True, "replayed"] == 5


@pytest.mark.timeout(900)
def test_twenty_thousand_people_are_told_in_waves_and_each_once(notify: NotifyHub, written: list[int]) -> None:
    persons, fact = people(notify, MANY), published()

    notify.hear(fact)
    eventually(lambda: sum(written) == MANY and not left(notify), seconds=240)

    assert max(written) <= notify.runtime.settings.of(NoticeLimits).wave
    assert told(notify, fact) == Counter(persons)
    assert left(notify) == 0
