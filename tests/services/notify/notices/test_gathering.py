"""Gathering: what one person causes again and again lies in one notice of its kind; nothing is lost, nothing is told twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.alliances.membership.memberships import MembershipAppliedFor
from contracts.authority import Role, Scope
from contracts.base import Named
from kit.ids import new_id
from kit.wire.envelope import Envelope
from tests.services.notify.notify_hub import ALLIANCE, NOW, NotifyHub, envelope, granted

MOST = 20
WHILE = timedelta(hours=1)


def applied(number: int, actor: str = "flooder") -> Envelope:
    """One more institution applies to ALLIANCE, by the hand of this person."""
    organization = Named(id=new_id(), zh=f"第{number}学院", en=f"College {number}")
    message = MembershipAppliedFor(
        membership_id=new_id(),
        alliance=ALLIANCE,
        organization=organization,
        region="341000",
        status="applied",
        reason="",
    )
    said = envelope(message, NOW + timedelta(seconds=number), message.membership_id)
    return Envelope(**{**vars(said), "actor": actor})


@pytest.fixture
def office(notify: NotifyHub) -> NotifyHub:
    """`secretary` is the secretariat of ALLIANCE."""
    notify.hear(granted("secretary", Role.SECRETARIAT, Scope.alliance(ALLIANCE.id), NOW - timedelta(days=1)))
    return notify


def applications(notify: NotifyHub, person: str = "secretary", **which: Any) -> list[dict[str, Any]]:
    """What lies in somebody's inbox of them, newest first."""
    found = notify.ask("notices", person, first=100, **which)["nodes"]
    return [each for each in found if each["rule"] == "membership_applied_for"]


def issued(notify: NotifyHub) -> list[dict[str, Any]]:
    said = [data for type_, data in notify.said() if type_ == "notify.notice_issued"]
    return [data for data in said if data["rule"] == "membership_applied_for"]


def test_fifty_notices_of_one_person_become_twenty_one_and_each_can_be_read(office: NotifyHub) -> None:
    facts = [applied(number) for number in range(50)]

    office.hear(*facts, *facts)

    inbox = applications(office)
    assert [each["more"] for each in inbox] == [29, *[0] * MOST]
    assert "同一人另有 29 条同类通知" in inbox[0]["body"]
    assert "And 29 more of this kind" in applications(office, language="en")[0]["body"]
    gathered = applications(office, gathered_by=inbox[0]["id"])
    assert {each["id"] for each in gathered}.isdisjoint({each["id"] for each in inbox})
    assert len(gathered) == 29
    told = [message for message, rule, _ in office.told() if rule == "membership_applied_for"]
    assert sorted(told) == sorted(fact.id for fact in facts)
    assert len(issued(office)) == len(applications(office, unread=True)) == MOST + 1


def test_another_person_another_kind_and_the_hub_itself_are_counted_by_themselves(office: NotifyHub) -> None:
    office.hear(*(applied(number) for number in range(MOST + 5)))

    office.hear(
        *(applied(number, "honest") for number in range(3)), *(applied(n, "system:hub") for n in range(MOST + 5))
    )

    inbox = applications(office)
    assert [each["more"] for each in inbox] == [*[0] * (MOST + 5 + 3), 4, *[0] * MOST]


def test_a_notice_that_was_read_is_unread_again_when_more_lies_in_it(office: NotifyHub) -> None:
    office.hear(*(applied(number) for number in range(MOST + 1)))
    office.ask("mark_all_read", "secretary")
    assert office.ask("unread_count", "secretary") == 0

    office.hear(applied(99))

    [notice] = applications(office, unread=True)
    assert notice["more"] == 1


def test_after_a_while_there_is_room_again(office: NotifyHub) -> None:
    office.hear(*(applied(number) for number in range(MOST + 2)))

    office.clock.advance(WHILE)
    office.hear(applied(99))

    assert [each["more"] for each in applications(office)][:2] == [0, 1]


def test_who_becomes_known_late_is_told_of_all_in_as_few_notices(notify: NotifyHub) -> None:
    notify.hear(*(applied(number) for number in range(30)))

    notify.hear(granted("late", Role.SECRETARIAT, Scope.alliance(ALLIANCE.id), NOW - timedelta(days=1)))

    inbox = applications(notify, "late")
    assert (len(inbox), sum(each["more"] for each in inbox)) == (MOST + 1, 9)


def test_the_mail_of_a_gathering_notice_waits_until_it_has_gathered(office: NotifyHub) -> None:
    office.reach("secretary", "secretary@example.org")
    before = len(office.deliveries())

    office.hear(*(applied(number) for number in range(MOST + 4)))

    due = [delivery.due_at for delivery in office.deliveries()[before:]]
    assert len(due) == MOST + 1
    assert due[-1] == NOW + WHILE
