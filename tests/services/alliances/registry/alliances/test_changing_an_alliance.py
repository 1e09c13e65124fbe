"""Changing an alliance: its entry, names, stage and parent, by those who may, and readable afterwards."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from tests.clock import NOW
from tests.services.alliances.alliances_hub import (
    ANHUI,
    OFFICE,
    SHANGHAI,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    named,
    secretariat,
)
from tests.services.service_hub import Refused, at_once, eventually

TODAY = NOW.date()


def said_last(alliances: AlliancesHub) -> dict[str, Any]:
    """What was said last of a change."""
    return [data for type_, data in alliances.said() if type_ == "alliances.alliance_changed"][-1]


def by_id(alliances: AlliancesHub, found: dict[str, Any]) -> dict[str, Any]:
    [now] = alliances.ask("alliances_by_id", ids=[found["id"]])
    answer: dict[str, Any] = now
    return answer


def link(alliances: AlliancesHub, lower: dict[str, Any], upper: dict[str, Any] | None) -> Any:
    parent = {"parent_id": upper["id"]} if upper else {}
    return alliances.ask("link_alliance", alliance_id=lower["id"], reason="归口", **parent)


def move(alliances: AlliancesHub, found: dict[str, Any], stage: str, on: date = TODAY) -> Any:
    return alliances.ask("move_alliance_stage", alliance_id=found["id"], stage=stage, on=str(on), reason="换届")


def test_the_secretariat_puts_the_entry_right_and_all_of_it_is_said_anew(alliances: AlliancesHub) -> None:
    found = alliances.alliance()
    right = {"kind": "other", "level": "border", "regions": [SHANGHAI, ANHUI], "text_zh": "四省毗邻地区。"}

    changed = alliances.ask(
        "change_alliance", secretariat(found), alliance_id=found["id"], founded_on="2019-05-22", reason="更正", **right
    )

    assert changed == {**found, **right, "founded_on": "2019-05-22"} == by_id(alliances, found)
    assert said_last(alliances) == {
        "alliance": named(found),
        "kind": "other",
        "region": SHANGHAI,
        "founded_on": "2019-05-22",
        "stage": "active",
        "parent_id": None,
        "level": "border",
        "regions": [SHANGHAI, ANHUI],
        "industry": None,
        "former_names": [],
        "what": "corrected",
        "named": None,
        "since": None,
        "reason": "更正",
    }


@pytest.mark.parametrize(
    ("facts", "code", "field", "params"),
    [
        ({"kind": None, "reason": "更正"}, "REQUIRED", "kind", {}),
        ({"level": "city"}, "REQUIRED", "reason", {}),
        ({"kind": "mechanism", "reason": "更正"}, "NOTHING_CHANGED", None, {}),
        ({"regions": ["999999"], "reason": "更正"}, "UNKNOWN_REGION", "region", {"region": "999999"}),
        ({"name_zh": "甲", "reason": "更正"}, "ALLIANCE_KNOWN", "nameZh", {}),
    ],
)
def test_what_would_not_be_right_is_refused(
    alliances: AlliancesHub, facts: dict[str, Any], code: str, field: str | None, params: dict[str, Any]
) -> None:
    alliances.alliance(name_zh="甲")
    found = alliances.alliance()

    with alliances.refuses(code, field, **params):
        alliances.ask("change_alliance", alliance_id=found["id"], **facts)


STEPS = {
    "change_alliance": {"kind": "other", "reason": "更正"},
    "rename_alliance": {"name_zh": "新名", "name_en": "New", "since": "2026-01-01", "reason": "更名"},
    "move_alliance_stage": {"stage": "dormant", "on": "2026-01-01", "reason": "休眠"},
    "alliance_history": {},
}


@pytest.mark.parametrize("step", STEPS)
def test_secretariat_and_offices_change_and_read_the_entry_and_nobody_else(alliances: AlliancesHub, step: str) -> None:
    found, other = alliances.alliance(), alliances.alliance()
    which = {"alliance_id": found["id"], **STEPS[step]}
    stranger = alliances.province_office(ANHUI)

    for person in (VISITOR, SOMEBODY, stranger, secretariat(other)):
        with alliances.refuses("NOT_ALLOWED" if person else "SIGN_IN_REQUIRED"):
            alliances.ask(step, person, **which)
    alliances.ask(step, secretariat(found), **which)
    alliances.ask("alliance_history", alliances.province_office(SHANGHAI), alliance_id=found["id"])


def test_only_offices_lead_an_alliance_elsewhere(alliances: AlliancesHub) -> None:
    found = alliances.alliance()
    which = {"alliance_id": found["id"], "region": ANHUI, "reason": "牵头单位调整"}

    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("change_alliance", secretariat(found), **which)
    assert alliances.ask("change_alliance", **which)["region"] == ANHUI


def test_former_names_are_kept_and_names_to_come_take_effect_on_their_day(alliances: AlliancesHub) -> None:
    found = alliances.alliance(name_zh="旧盟")
    day = TODAY + timedelta(days=30)
    names = {"name_zh": "新盟", "name_en": "New"}
    alliances.ask("rename_alliance", alliance_id=found["id"], since=str(day), reason="更名", **names)
    assert (said_last(alliances)["what"], by_id(alliances, found)) == ("renaming_planned", found)

    alliances.clock.advance(timedelta(days=31))

    eventually(lambda: by_id(alliances, found)["name_zh"] == "新盟")
    said = said_last(alliances)
    assert (said["what"], said["named"], said["reason"]) == ("renamed", named(found), "更名")
    assert said["former_names"] == [found["name_zh"], found["name_en"]]
    parts = alliances.ask("names_of_alliances", VISITOR, alliance_ids=[found["id"]])
    assert [(part["since"], part["name_zh"]) for part in parts] == [(None, "旧盟"), (str(day), "新盟")]
    asked = [{"alliance_id": found["id"], "day": str(TODAY)}]
    assert alliances.ask("alliance_names_on", VISITOR, asked=asked)[0]["answer"]["name_zh"] == "旧盟"
    which = {"alliance_id": found["id"], "since": str(day), "reason": "误办"}
    assert alliances.ask("withdraw_alliance_name", **which) == found


def test_a_name_to_come_that_another_bears_by_then_is_held_up(alliances: AlliancesHub) -> None:
    found = alliances.alliance(name_zh="旧盟")
    names = {"name_zh": "新盟", "name_en": "New", "since": str(TODAY + timedelta(days=30))}
    alliances.ask("rename_alliance", alliance_id=found["id"], reason="更名", **names)
    alliances.alliance(name_zh="新盟")

    alliances.clock.advance(timedelta(days=31))

    eventually(lambda: said_last(alliances)["what"] == "renaming_held_up")
    assert by_id(alliances, found)["name_zh"] == "旧盟"


def test_an_alliance_comes_to_its_stages_and_back(alliances: AlliancesHub) -> None:
    found = alliances.alliance(name_zh="甲盟")

    dissolved = move(alliances, found, "dissolved", date(2026, 1, 1))

    assert (dissolved["stage"], dissolved["stage_since"]) == ("dissolved", "2026-01-01")
    assert (said_last(alliances)["what"], said_last(alliances)["since"]) == ("stage_moved", "2026-01-01")
    assert alliances.ask("alliances", VISITOR, stage="dissolved")["nodes"] == [dissolved]
    assert alliances.ask("alliances", VISITOR, stage="active")["nodes"] == []
    with alliances.refuses("ALLIANCE_STAGE_STANDS", "stage", stage="dissolved"):
        move(alliances, found, "dissolved")
    with alliances.refuses("DAY_AHEAD", "on"):
        move(alliances, found, "active", TODAY + timedelta(days=1))
    other = alliances.alliance(name_zh="甲盟")
    with alliances.refuses("ALLIANCE_KNOWN", "stage"):
        move(alliances, found, "active")
    move(alliances, other, "dissolved")
    assert move(alliances, found, "active")["stage"] == "active"


def test_alliances_belong_to_others_in_no_circle(alliances: AlliancesHub) -> None:
    top, middle, low = (alliances.alliance() for _ in range(3))

    for lower, upper in pairwise((low, middle, top)):
        assert link(alliances, lower, upper)["parent_id"] == upper["id"]
    assert said_last(alliances)["named"] == named(top)
    for upper in (top, middle, low):
        with alliances.refuses("PARENT_CIRCULAR", "parentId"):
            link(alliances, top, upper)
    with alliances.refuses("NOTHING_CHANGED"):
        link(alliances, low, middle)
    with alliances.refuses("CHILDREN_STAND", "stage", count=1):
        move(alliances, top, "dissolved")
    assert [each["id"] for each in alliances.ask("alliances", VISITOR, parent_id=top["id"])["nodes"]] == [middle["id"]]
    assert link(alliances, middle, None)["parent_id"] is None
    move(alliances, top, "dissolved")
    with alliances.refuses("ALLIANCE_STAGE_STANDS", "parentId", stage="dissolved"):
        link(alliances, middle, top)


def test_who_links_acts_for_both(alliances: AlliancesHub) -> None:
    lower, upper = alliances.alliance(), alliances.alliance()
    which = {"alliance_id": lower["id"], "parent_id": upper["id"], "reason": "归口"}

    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("link_alliance", secretariat(lower), **which)
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("link_alliance", secretariat(upper), **which)
    alliances.ask("link_alliance", alliances.province_office(SHANGHAI), **which)


def test_those_who_link_at_once_make_no_circle(alliances: AlliancesHub) -> None:
    ring = [alliances.alliance() for _ in range(4)]

    def linking(lower: dict[str, Any], upper: dict[str, Any]) -> str:
        try:
            link(alliances, lower, upper)
        except Refused as refused:
            return refused.codes[0]
        return "linked"

    outcomes = at_once(*(lambda pair=pair: linking(*pair) for pair in pairwise([*ring, ring[0]])))

    assert sorted(outcomes) == ["PARENT_CIRCULAR", "linked", "linked", "linked"]
    parents = {each["id"]: by_id(alliances, each)["parent_id"] for each in ring}
    for start in parents:
        seen, at = set(), start
        while at and at not in seen:
            seen.add(at)
            at = parents[at]
        assert at is None


def test_every_change_can_be_read(alliances: AlliancesHub) -> None:
    found = alliances.alliance()
    move(alliances, found, "dormant")

    page = alliances.ask("alliance_history", secretariat(found), alliance_id=found["id"])

    seen = [(node["version"], node["what"], node["by"], node["stage"], node["reason"]) for node in page["nodes"]]
    assert seen == [(1, "founded", OFFICE, "active", ""), (2, "stage_moved", OFFICE, "dormant", "换届")]
