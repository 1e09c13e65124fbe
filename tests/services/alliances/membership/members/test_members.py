"""Members of a day: the list by class, region and kind, and the figures, against counting the members one by one."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any

from contracts.regions import province_of
from tests.services.alliances.alliances_hub import VISITOR, AlliancesHub

PLACES = ("341000", "310115", "320102", "330106")
KINDS = ("university", "enterprise")
TODAY = date(2026, 3, 2)


def listed(hub: AlliancesHub, alliance: dict[str, Any], **which: Any) -> list[str]:
    """The organisations on the list, by pages of three."""
    found: list[str] = []
    after = None
    while True:
        page = hub.ask("members", VISITOR, alliance_id=alliance["id"], first=3, after=after, **which)
        found += [node["organization_id"] for node in page["nodes"]]
        if not page["has_next"]:
            return found
        after = page["cursors"][-1]


def test_the_members_of_any_day_are_listed_and_counted(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    chance, truth = Random(12), []
    for number in range(12):
        place, kind = PLACES[number % 4], KINDS[number % 2]
        member = alliances.member(alliance, region=place, kind=kind)
        joined = left = alliances.clock.now().date()
        truth.append({"id": member["organization_id"], "place": place, "kind": kind, "joined": joined, "left": None})
        if number % 3 == 0:
            since = (joined + timedelta(days=4)).isoformat()
            given = {"membership_id": member["id"], "member_class": "council", "since": since}
            alliances.ask("set_member_class", **given)
            truth[-1]["council"] = joined + timedelta(days=4)
        alliances.clock.advance(timedelta(days=1))
        if chance.random() < 0.4:
            left = alliances.clock.now().date()
            alliances.ask("withdraw_member", membership_id=member["id"], reason="因故")
            truth[-1]["left"] = left

    for back in range(15):
        day = TODAY + timedelta(days=back)
        here = [each for each in truth if each["joined"] <= day and (each["left"] is None or day < each["left"])]
        council = {each["id"] for each in here if each.get("council") and each["council"] <= day}
        on_day = {"on_day": day.isoformat()}
        assert listed(alliances, alliance, **on_day) == [each["id"] for each in here]
        assert set(listed(alliances, alliance, **on_day, member_class="council")) == council
        assert (
            set(listed(alliances, alliance, **on_day, member_class="member")) == {each["id"] for each in here} - council
        )
        southern = [each["id"] for each in here if each["place"] == "330106" and each["kind"] == "enterprise"]
        assert listed(alliances, alliance, **on_day, region="330000", kind="enterprise") == southern
        figures = alliances.ask("member_statistics", VISITOR, alliance_id=alliance["id"], **on_day)
        assert figures["members"] == len(here)
        classes = {each["code"]: each["members"] for each in figures["by_class"] if each["members"]}
        assert classes == {
            code: n for code, n in (("council", len(council)), ("member", len(here) - len(council))) if n
        }
        provinces = {each["region"]: each["members"] for each in figures["by_province"]}
        assert provinces == Counter(province_of(each["place"]) for each in here)
        assert {each["kind"]: each["members"] for each in figures["by_kind"]} == Counter(each["kind"] for each in here)
        assert figures["joined"] == sum(each["joined"] <= day for each in truth)
        assert figures["left"] == sum(each["left"] is not None and each["left"] <= day for each in truth)


def test_a_member_is_shown_with_its_class_and_since_when(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    member = alliances.member(alliance)
    alliances.clock.advance(timedelta(days=10))
    alliances.ask("suspend_member", membership_id=member["id"], reason="因故")
    assert alliances.ask("members", VISITOR, alliance_id=alliance["id"])["nodes"] == []
    alliances.ask("resume_member", membership_id=member["id"])
    (found,) = alliances.ask("members", VISITOR, alliance_id=alliance["id"])["nodes"]
    assert (found["joined_on"], found["member_class"]["code"]) == ("2026-03-02", "member")
    assert found["organization"]["id"] == member["organization_id"]
    figures = alliances.ask("member_statistics", alliance_id=alliance["id"])
    assert (figures["joined"], figures["left"]) == (1, 0)


def test_many_members_take_as_many_statements_as_one(alliances: AlliancesHub) -> None:
    alliance, taken = alliances.alliance(), []
    for more in (1, 5):
        for _ in range(more):
            alliances.member(alliance)
        with alliances.statements() as sent:
            alliances.ask("members", VISITOR, alliance_id=alliance["id"])
            alliances.ask("member_statistics", VISITOR, alliance_id=alliance["id"])
        taken.append(len(sent))
    assert taken[0] == taken[1] <= 10


def test_the_list_by_class_has_the_highest_first_and_each_province_together(alliances: AlliancesHub) -> None:
    alliance, truth = alliances.alliance(), []
    classes = ["chair", "vice_chair", "council", "member"]
    for number, code in enumerate(["member", "council", "chair", "member", "vice_chair", "council", "member"]):
        member = alliances.member(alliance, region=PLACES[number % 3])
        if code != "member":
            alliances.ask("set_member_class", membership_id=member["id"], member_class=code, since=TODAY.isoformat())
        truth.append((classes.index(code), province_of(PLACES[number % 3]), member["id"], member["organization_id"]))

    for which in ({}, {"region": "340000"}, {"member_class": "member"}, {"on_day": TODAY.isoformat()}):
        here = [
            id_
            for rank, province, _, id_ in sorted(truth)
            if province == which.get("region", province) and classes[rank] == which.get("member_class", classes[rank])
        ]
        assert listed(alliances, alliance, by_class=True, **which) == here
