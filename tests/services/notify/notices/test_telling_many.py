"""Many: a fact that concerns hundreds costs as many statements as one that concerns one, and nobody is missed."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from contracts.base import Named
from kit.ids import new_id
from tests.services.notify.notify_hub import ALLIANCE, HUANGSHAN, NOW, NotifyHub, membership, published, represents

HOUR = timedelta(hours=1)


def _member(notify: NotifyHub, person: str) -> None:
    organization = Named(id=new_id(), zh=person, en=person)
    notify.hear(membership("MemberAdmitted", organization), represents(person, organization))


def _with_contact(notify: NotifyHub, person: str) -> None:
    notify.reach(person, f"{person}@example.org", "en")


def test_a_fact_takes_the_same_statements_for_three_members_as_for_one(notify: NotifyHub) -> None:
    _member(notify, "member-0")
    _with_contact(notify, "member-0")
    with notify.statements() as for_one:
        notify.hear(published())
    for number in (1, 2):
        _member(notify, f"member-{number}")
        _with_contact(notify, f"member-{number}")
    fact = published()

    with notify.statements() as for_three:
        notify.hear(fact)

    assert notify.told_of(fact) == ["member-0", "member-1", "member-2"]
    assert _writes(for_three) == _writes(for_one)
    assert len(_writes(for_one)) == 6


def _writes(statements: list[tuple[str, Any]]) -> list[str]:
    """The inserts of the handler itself; the pumps that it wakes run beside it."""
    inserts = [statement.partition("(")[0] for statement, _ in statements if statement.startswith("INSERT")]
    return sorted(inserts)


@pytest.mark.live
def test_a_fact_takes_the_same_statements_on_postgresql_however_many_it_concerns(notify_on_postgres: NotifyHub) -> None:
    for number in range(30):
        _member(notify_on_postgres, f"member-{number}")
    fact = published()

    with notify_on_postgres.statements() as sent:
        notify_on_postgres.hear(fact)

    assert len(notify_on_postgres.told_of(fact)) == 30
    assert [insert for insert in _writes(sent) if "notices" in insert] == ["INSERT INTO notices "]
    assert [insert for insert in _writes(sent) if "outbox" in insert] == ["INSERT INTO outbox "]


@pytest.mark.live
def test_a_fact_and_a_role_that_arrive_at_the_same_moment_find_each_other(notify_on_postgres: NotifyHub) -> None:
    """Without the lock on the directory some of them miss each other here."""
    notify = notify_on_postgres
    missed = []
    for number in range(40):
        organization = Named(id=new_id(), zh="单位", en="Organisation")
        person = f"person-{number}"
        fact = published(at=NOW)
        messages = [
            membership("MemberAdmitted", organization, NOW - HOUR),
            represents(person, organization, NOW - HOUR),
            fact,
        ]
        _all_at_once(notify, messages)
        if person not in notify.told_of(fact):
            missed.append(person)

    assert missed == []
    assert len(set(notify.told())) == len(notify.told())


def _all_at_once(notify: NotifyHub, messages: list[object]) -> None:
    gate = threading.Barrier(len(messages))

    def arrive(message: object) -> None:
        gate.wait()
        notify.hear(message)

    threads = [threading.Thread(target=arrive, args=[message]) for message in messages]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_the_alliance_of_a_member_is_not_mixed_up_with_another(notify: NotifyHub) -> None:
    elsewhere = Named(id=new_id(), zh="另一联盟", en="Another alliance")
    notify.hear(represents("huangshan", HUANGSHAN), membership("MemberAdmitted", HUANGSHAN, alliance=elsewhere))
    fact = published(alliance_id=ALLIANCE.id)

    notify.hear(fact)

    assert notify.told_of(fact) == []
