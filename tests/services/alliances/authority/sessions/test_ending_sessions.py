"""Sessions: who ends whose, what is said of it, and the list that gateways read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from contracts.alliances.authority.sessions import session_key
from tests.clock import NOW
from tests.services.alliances.alliances_hub import OFFICE, SOMEBODY, VISITOR, AlliancesHub
from tests.services.service_hub import at_once


def listed(hub: AlliancesHub, since: Any = NOW, **which: Any) -> list[tuple[str, str]]:
    page = hub.ask("ended_sessions", VISITOR, since=since.isoformat(), **which)
    return [(node["key"], node["ended_at"]) for node in page["nodes"]]


@pytest.mark.parametrize("by", ["ann", OFFICE])
def test_a_person_and_the_hub_office_end_the_sessions_of_the_person(alliances: AlliancesHub, by: str) -> None:
    before = len(alliances.said())

    ended = alliances.ask("end_sessions", by, person="ann")

    assert ended == {"person": "ann", "ended_at": NOW.isoformat()}
    assert alliances.said(since=before) == [("alliances.sessions_ended", ended)]
    assert listed(alliances) == [(session_key("ann"), NOW.isoformat())]


@pytest.mark.parametrize(("by", "code"), [(VISITOR, "SIGN_IN_REQUIRED"), (SOMEBODY, "NOT_ALLOWED")])
def test_nobody_ends_the_sessions_of_others(alliances: AlliancesHub, by: str, code: str) -> None:
    with alliances.refuses(code):
        alliances.ask("end_sessions", by, person="ann")


def test_the_last_time_counts_and_the_list_begins_where_one_wants(alliances: AlliancesHub) -> None:
    alliances.ask("end_sessions", "ann", person="ann")
    alliances.clock.advance(timedelta(hours=1))
    alliances.ask("end_sessions", "bob", person="bob")
    alliances.clock.advance(timedelta(hours=1))
    alliances.ask("end_sessions", "ann", person="ann")

    later = [(session_key(name), (NOW + timedelta(hours=at)).isoformat()) for name, at in (("bob", 1), ("ann", 2))]
    assert listed(alliances) == later
    assert listed(alliances, NOW + timedelta(hours=2)) == later[1:]
    assert listed(alliances, first=1) == later[:1]


def test_of_many_who_end_the_same_sessions_at_once_nobody_fails(alliances: AlliancesHub) -> None:
    ended = {"person": "ann", "ended_at": NOW.isoformat()}

    assert at_once(*[lambda: alliances.ask("end_sessions", person="ann")] * 4) == [ended] * 4
    assert len(listed(alliances)) == 1


def test_the_list_names_nobody(alliances: AlliancesHub) -> None:
    alliances.ask("end_sessions", "ann", person="ann")

    [node] = alliances.ask("ended_sessions", VISITOR, since=NOW.isoformat())["nodes"]
    assert node.keys() == {"key", "ended_at"}
    assert "ann" not in node["key"]
