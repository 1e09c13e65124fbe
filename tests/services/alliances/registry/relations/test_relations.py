"""Relations: what organisations are to each other, without a circle also where many relate at once."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from tests.clock import NOW
from tests.services.alliances.alliances_hub import (
    ANHUI,
    SHANGHAI,
    VISITOR,
    AlliancesHub,
    named,
    representative,
)
from tests.services.service_hub import Refused, at_once

TODAY = NOW.date()


def relate(alliances: AlliancesHub, lower: dict[str, Any], upper: dict[str, Any], **how: Any) -> dict[str, Any]:
    given = {"organization_id": lower["id"], "to_id": upper["id"], "kind": "subordinate_to", "reason": "三定方案"}
    found: dict[str, Any] = alliances.ask("relate_organizations", **{**given, **how})
    return found


def superior(alliances: AlliancesHub, found: dict[str, Any]) -> str | None:
    [now] = alliances.ask("organizations_by_id", ids=[found["id"]])
    id_: str | None = now["superior_id"]
    return id_


def test_the_body_above_is_kept_said_and_shown(alliances: AlliancesHub) -> None:
    division, office = alliances.organization(kind="division"), alliances.organization(kind="education_bureau")
    before = len(alliances.said())

    relation = relate(alliances, division, office, since="2024-01-01")

    assert superior(alliances, division) == office["id"]
    related, changed = alliances.said(since=before)
    assert related == (
        "alliances.organizations_related",
        {
            "relation_id": relation["id"],
            "organization": named(division),
            "to": named(office),
            "kind": "subordinate_to",
            "since": "2024-01-01",
            "until": None,
            "reason": "三定方案",
        },
    )
    assert (changed[1]["what"], changed[1]["superior_id"]) == ("subordinated", office["id"])
    assert alliances.ask("relations", VISITOR, organization_id=division["id"])["nodes"] == [relation]
    assert alliances.ask("relations", VISITOR, to_id=office["id"], kind="campus_of")["nodes"] == []
    below = alliances.ask("organizations", VISITOR, superior_id=office["id"])["nodes"]
    assert [each["id"] for each in below] == [division["id"]]


def test_a_relation_ends_on_its_day_and_another_may_follow(alliances: AlliancesHub) -> None:
    division, old, new = (alliances.organization() for _ in range(3))
    relation = relate(alliances, division, old, since="2024-01-01")
    ending = {"relation_id": relation["id"], "reason": "机构改革"}
    with alliances.refuses("RELATION_STANDS", "toId"):
        relate(alliances, division, new)
    with alliances.refuses("INVALID", "on"):
        alliances.ask("end_relation", **ending, on="2023-01-01")
    with alliances.refuses("DAY_AHEAD", "on"):
        alliances.ask("end_relation", **ending, on="2030-01-01")

    ended = alliances.ask("end_relation", **ending, on="2025-12-31")

    assert (ended["until"], superior(alliances, division)) == ("2025-12-31", None)
    with alliances.refuses("NOTHING_CHANGED"):
        alliances.ask("end_relation", **ending, on="2025-12-31")
    relate(alliances, division, new)
    assert superior(alliances, division) == new["id"]


def test_a_relation_that_never_was_is_gone(alliances: AlliancesHub) -> None:
    campus, college = alliances.organization(), alliances.organization()
    relation = relate(alliances, campus, college, kind="campus_of")

    alliances.ask("end_relation", relation_id=relation["id"], reason="误办")

    assert alliances.ask("relations", organization_id=campus["id"])["nodes"] == []
    assert alliances.said()[-1][0] == "alliances.relation_ended"
    relate(alliances, campus, college, kind="campus_of")


def test_nobody_belongs_to_itself_however_long_the_way(alliances: AlliancesHub) -> None:
    chain = [alliances.organization() for _ in range(4)]
    for lower, upper in pairwise(chain):
        relate(alliances, lower, upper)

    for below in chain:
        with alliances.refuses("RELATION_CIRCULAR", "toId"):
            relate(alliances, chain[-1], below)
    relate(alliances, chain[-1], chain[0], kind="group_led_by")  # another kind is another way


def test_those_who_relate_at_once_make_no_circle(alliances: AlliancesHub) -> None:
    ring = [alliances.organization() for _ in range(4)]

    def relating(lower: dict[str, Any], upper: dict[str, Any]) -> str:
        try:
            relate(alliances, lower, upper)
        except Refused as refused:
            return refused.codes[0]
        return "related"

    outcomes = at_once(*(lambda pair=pair: relating(*pair) for pair in pairwise([*ring, ring[0]])))  # type: ignore[misc]

    assert sorted(outcomes) == ["RELATION_CIRCULAR", "related", "related", "related"]


@pytest.mark.parametrize("person", ["representative", "province"])
def test_only_offices_relate(alliances: AlliancesHub, person: str) -> None:
    lower, upper = alliances.organization(), alliances.organization()
    who = representative(lower) if person == "representative" else alliances.province_office(SHANGHAI)
    given = {"organization_id": lower["id"], "to_id": upper["id"], "kind": "campus_of", "reason": "隶属"}

    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("relate_organizations", who, **given)
    alliances.ask("relate_organizations", alliances.province_office(ANHUI), **given)
