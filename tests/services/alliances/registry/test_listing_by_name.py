"""Listing by name: Chinese by pinyin, alike in both databases, forwards and backwards, as names change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization
from tests.services.alliances.alliances_hub import VISITOR, AlliancesHub

NAMES = ["浙江大学", "安徽大学", "重庆大学", "北京大学", "上海第10中学", "上海第9中学"]
SORTED = ["安徽大学", "北京大学", "重庆大学", "上海第9中学", "上海第10中学", "浙江大学"]


def listed(alliances: AlliancesHub, method: str = "organizations", **which: Any) -> list[str]:
    """The names of all pages of two, in their order."""
    found: list[str] = []
    after = None
    while True:
        page = alliances.ask(method, VISITOR, order_by="name", first=2, after=after, **which)
        found += [node.get("organization", node)["name_zh"] for node in page["nodes"]]
        if not page["has_next"]:
            return found
        after = page["cursors"][-1]


def test_organizations_and_alliances_stand_by_name_from_either_end(alliances: AlliancesHub) -> None:
    for name in NAMES:
        alliances.organization(name_zh=name)
        alliances.alliance(name_zh=name)

    assert listed(alliances) == listed(alliances, "alliances") == SORTED
    last = alliances.ask("organizations", VISITOR, order_by="name", last=2)
    before = alliances.ask("organizations", VISITOR, order_by="name", last=2, before=last["cursors"][0])
    assert [node["name_zh"] for node in (*before["nodes"], *last["nodes"])] == SORTED[2:]
    assert listed(alliances, kind="university") == SORTED


def test_who_is_renamed_stands_elsewhere(alliances: AlliancesHub) -> None:
    ids = {name: alliances.organization(name_zh=name)["id"] for name in NAMES}

    alliances.ask(
        "change_organization", organization_id=ids["安徽大学"], name_zh="中国大学", name_en="U", reason="更正"
    )

    assert listed(alliances) == [*SORTED[1:], "中国大学"]


def test_members_stand_by_the_names_of_their_organisations(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    for name in NAMES:
        alliances.member(alliance, name_zh=name)

    assert listed(alliances, "members", alliance_id=alliance["id"]) == SORTED


def test_what_an_earlier_release_has_entered_stands_in_its_place_once_it_is_spelled_out(
    alliances: AlliancesHub,
) -> None:
    for name in NAMES:
        alliances.organization(name_zh=name)
    with alliances.runtime.database.transaction() as session:
        for things in (Organization, Alliance):
            session.execute(update(things).values(sort_key="", spelling=1))

    while alliances.runtime.service.spell_out():  # type: ignore[attr-defined]
        pass

    assert listed(alliances) == SORTED


def test_a_list_without_names_takes_no_order_by_them(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()

    with alliances.refuses("NOT_ONE_OF", "orderBy", choices="oldest, newest"):
        alliances.ask("memberships", alliance_id=alliance["id"], order_by="name")
    with alliances.refuses("NOT_WITH_SEARCH", "orderBy"):
        alliances.ask("organizations", search="大学", order_by="name")
