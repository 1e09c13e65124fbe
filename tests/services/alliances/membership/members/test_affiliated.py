"""Affiliated members: worked out from what stood on the day, against a naive model; and who has to be in the parent first."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tests.services.alliances.alliances_hub import VISITOR, AlliancesHub
from tests.services.alliances.merging.mergers.merging import merge

TODAY = date(2026, 3, 2)


def chartered(hub: AlliancesHub, **rules: Any) -> dict[str, Any]:
    alliance = hub.alliance()
    hub.ask("adopt_charter", alliance_id=alliance["id"], rules=rules, reason="-")
    return alliance


def affiliated(hub: AlliancesHub, alliance: dict[str, Any], day: date = TODAY) -> set[tuple[str, str]]:
    """Each with what it belongs through, by pages of two."""
    found: set[tuple[str, str]] = set()
    after = None
    while True:
        which = {"alliance_id": alliance["id"], "on_day": day.isoformat(), "first": 2, "after": after}
        page = hub.ask("affiliated_members", VISITOR, **which)
        found |= {(each["organization_id"], each["member_id"] or each["alliance_id"]) for each in page["nodes"]}
        if not page["has_next"]:
            return found
        after = page["cursors"][-1]


def figure(hub: AlliancesHub, alliance: dict[str, Any], day: date = TODAY) -> int:
    return int(hub.ask("member_statistics", alliance_id=alliance["id"], on_day=day.isoformat())["affiliated"])


def relate(hub: AlliancesHub, lower: str, upper: str, kind: str = "campus_of", since: date = TODAY) -> dict[str, Any]:
    which = {"organization_id": lower, "to_id": upper, "kind": kind, "since": since.isoformat(), "reason": "-"}
    return dict(hub.ask("relate_organizations", **which))


def link(hub: AlliancesHub, alliance: dict[str, Any], parent: dict[str, Any] | None) -> None:
    hub.ask("link_alliance", alliance_id=alliance["id"], parent_id=parent and parent["id"], reason="-")


def test_whoever_is_related_to_a_member_as_the_charter_says_belongs(alliances: AlliancesHub) -> None:
    alliance = chartered(alliances, inherit={"relations": ["campus_of"], "most": 2})
    member = alliances.member(alliance)["organization_id"]
    campuses = [alliances.organization()["id"] for _ in range(3)]
    for campus in campuses:
        relate(alliances, campus, member)
    relate(alliances, alliances.organization()["id"], member, "college_of")
    own = alliances.ask("apply_for_membership", alliance_id=alliance["id"], organization_id=campuses[1])

    assert affiliated(alliances, alliance) == {(campus, member) for campus in campuses[:2]}
    assert figure(alliances, alliance) == 2
    assert affiliated(alliances, alliance, TODAY - timedelta(1)) == set()
    alliances.ask("admit_member", membership_id=own["id"])
    assert affiliated(alliances, alliance) == {(campuses[0], member)}  # who is a member itself needs no other
    assert affiliated(alliances, chartered(alliances)) == set()


@pytest.mark.parametrize("seed", range(3))
def test_of_any_past_day_it_is_what_stood_then(alliances: AlliancesHub, seed: int) -> None:
    chance, alliance = Random(seed), chartered(alliances, inherit={"relations": ["campus_of"], "sub_alliances": True})
    sub = alliances.alliance()
    members = [alliances.member(alliance) for _ in range(2)]
    below = alliances.member(sub)["organization_id"]
    campuses = [alliances.organization()["id"] for _ in range(3)]
    standing: dict[str, tuple[str, str]] = {}
    linked, truth = False, {}
    for number in range(8):
        day = TODAY + timedelta(number)
        campus = chance.choice(campuses)
        if campus in standing:
            alliances.ask(
                "end_relation", relation_id=standing.pop(campus)[0], on=(day - timedelta(1)).isoformat(), reason="-"
            )
        else:
            upper = chance.choice(members)["organization_id"]
            standing[campus] = relate(alliances, campus, upper, since=day)["id"], upper
        if chance.random() < 0.5:
            linked = not linked
            link(alliances, sub, alliance if linked else None)
        truth[day] = {(campus, upper) for campus, (_, upper) in standing.items()} | (
            {(below, sub["id"])} if linked else set()
        )
        alliances.clock.advance(timedelta(days=1))

    assert {day: affiliated(alliances, alliance, day) for day in truth} == truth
    assert {day: figure(alliances, alliance, day) for day in truth} == {day: len(found) for day, found in truth.items()}


def test_who_was_merged_into_a_member_of_the_parent_joins(alliances: AlliancesHub) -> None:
    parent, alliance = alliances.alliance(), chartered(alliances, members={"parent_required": True})
    link(alliances, alliance, parent)
    survivor, other = alliances.organization(), alliances.organization()
    above = alliances.ask("apply_for_membership", alliance_id=parent["id"], organization_id=survivor["id"])
    alliances.ask("admit_member", membership_id=above["id"])
    applied = alliances.ask("apply_for_membership", alliance_id=alliance["id"], organization_id=other["id"])

    merge(alliances, survivor, other)

    assert alliances.ask("admit_member", membership_id=applied["id"])["status"] == "member"


def test_who_joins_is_a_member_of_the_parent_where_the_charter_says_so(alliances: AlliancesHub) -> None:
    parent, alliance = alliances.alliance(), chartered(alliances, members={"parent_required": True})
    organization = alliances.organization()
    applied = alliances.ask("apply_for_membership", alliance_id=alliance["id"], organization_id=organization["id"])
    link(alliances, alliance, parent)

    with alliances.refuses("NOT_IN_PARENT", None, parent=parent["name_zh"]):
        alliances.ask("admit_member", membership_id=applied["id"])
    above = alliances.ask("apply_for_membership", alliance_id=parent["id"], organization_id=organization["id"])
    alliances.ask("admit_member", membership_id=above["id"])
    assert alliances.ask("admit_member", membership_id=applied["id"])["status"] == "member"

    other = alliances.ask(
        "apply_for_membership", alliance_id=alliance["id"], organization_id=alliances.organization()["id"]
    )
    link(alliances, alliance, None)
    assert alliances.ask("admit_member", membership_id=other["id"])["status"] == "member"
