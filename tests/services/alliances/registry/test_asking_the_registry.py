"""Asking the registry: by kind, by region and all below it, by any of a body's names; page by page, in few statements."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.alliances.alliances_hub import ANHUI, SHANGHAI, VISITOR, AlliancesHub

HEFEI, SHUSHAN, HUANGSHAN, PUDONG = "340100", "340104", "341000", "310115"


def names(page: dict[str, Any]) -> list[str]:
    return [node["name_zh"] for node in page["nodes"]]


def asked(alliances: AlliancesHub, method: str = "organizations", **which: Any) -> list[str]:
    """The names that a visitor finds."""
    return names(alliances.ask(method, VISITOR, **which))


@pytest.mark.parametrize(
    ("region", "found"),
    [
        (ANHUI, ["省", "市", "区", "黄山"]),
        (HEFEI, ["市", "区"]),
        (SHUSHAN, ["区"]),
        (HUANGSHAN, ["黄山"]),
        (SHANGHAI, ["浦东"]),
        ("320000", []),
        ("999999", []),
    ],
)
def test_a_region_holds_all_that_lies_below_it(alliances: AlliancesHub, region: str, found: list[str]) -> None:
    for name, place in {"省": ANHUI, "市": HEFEI, "区": SHUSHAN, "黄山": HUANGSHAN, "浦东": PUDONG}.items():
        alliances.organization(name_zh=name, region=place)
        alliances.alliance(name_zh=name, region=place)

    assert asked(alliances, region=region) == found
    assert asked(alliances, "alliances", region=region) == found


def test_a_kind_holds_what_is_of_it(alliances: AlliancesHub) -> None:
    for kind in ("university", "enterprise", "university"):
        alliances.organization(kind=kind, name_zh=f"{kind}{new_id()}")
    alliances.organization(kind="university", name_zh="上海", region=SHANGHAI)

    assert len(asked(alliances, kind="university")) == 3
    assert len(asked(alliances, kind="enterprise")) == 1
    assert asked(alliances, kind="university", region=SHANGHAI) == ["上海"]
    assert asked(alliances, kind="media") == []


def test_an_alliance_is_found_by_its_kind_and_region(alliances: AlliancesHub) -> None:
    alliances.alliance(name_zh="甲", kind="mechanism", region=SHANGHAI)
    alliances.alliance(name_zh="乙", kind="other", region=SHANGHAI)
    alliances.alliance(name_zh="丙", kind="mechanism", region=None)

    assert asked(alliances, "alliances") == ["甲", "乙", "丙"]
    assert asked(alliances, "alliances", kind="mechanism") == ["甲", "丙"]
    assert asked(alliances, "alliances", kind="mechanism", region=SHANGHAI) == ["甲"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("黄山学院", ["黄山学院"]),
        ("黄山", ["黄山学院", "黄山职业技术学院"]),
        ("学院", []),
        ("黄院", ["黄山学院"]),
        ("Huangshan U", ["黄山学院"]),
        ("100%", ["百分之百"]),
        ("10", ["百分之百"]),
        ("1%", []),
        ("_", []),
        ("/", ["斜杠"]),
        ("不存在", []),
    ],
)
def test_an_organization_is_found_by_how_any_of_its_names_begins(
    alliances: AlliancesHub, name: str, found: list[str]
) -> None:
    alliances.organization(name_zh="黄山学院", name_en="Huangshan University", aliases=["黄院", "黄山学院（本部）"])
    alliances.organization(name_zh="黄山职业技术学院", name_en="Huangshan Vocational and Technical College")
    alliances.organization(name_zh="百分之百", name_en="100% Ltd")
    alliances.organization(name_zh="斜杠", name_en="Slash", aliases=["/slash"])

    assert asked(alliances, name=name) == found


def test_a_list_comes_page_by_page_in_the_order_of_entry(alliances: AlliancesHub) -> None:
    entered = [alliances.organization(name_zh=f"学院{number}")["name_zh"] for number in range(5)]

    first = alliances.ask("organizations", VISITOR, first=2)
    second = alliances.ask("organizations", VISITOR, first=2, after=first["cursors"][-1])
    alliances.organization(name_zh="新来的")
    third = alliances.ask("organizations", VISITOR, first=2, after=second["cursors"][-1])

    assert names(first) + names(second) + names(third) == [*entered, "新来的"]
    assert [page["has_next"] for page in (first, second, third)] == [True, True, False]


@pytest.mark.parametrize("method", ["organizations", "alliances"])
def test_a_page_is_bounded_and_its_cursor_ours(alliances: AlliancesHub, method: str) -> None:
    with alliances.refuses("OUT_OF_RANGE", "first", min="1", max="100"):
        alliances.ask(method, VISITOR, first=101)
    with alliances.refuses("INVALID", "after"):
        alliances.ask(method, VISITOR, after="nonsense")


def test_what_does_not_exist_is_left_out_of_an_answer_by_ids(alliances: AlliancesHub) -> None:
    organization, alliance = alliances.organization(aliases=["别名"]), alliances.alliance()

    assert alliances.ask("organizations_by_id", VISITOR, ids=[new_id(), organization["id"]]) == [organization]
    assert alliances.ask("alliances_by_id", VISITOR, ids=[alliance["id"], new_id()]) == [alliance]
    with alliances.refuses("TOO_LONG", "ids", max="100"):
        alliances.ask("organizations_by_id", VISITOR, ids=[new_id()] * 101)
    with alliances.refuses("TOO_SHORT", "ids", min="1"):
        alliances.ask("alliances_by_id", VISITOR, ids=[])


def test_lists_take_as_many_statements_for_three_rows_as_for_one(alliances: AlliancesHub) -> None:
    rows = [(alliances.organization(aliases=["别名"])["id"], alliances.alliance()["id"]) for _ in range(3)]
    organization_ids, alliance_ids = [list(ids) for ids in zip(*rows, strict=True)]

    def count(method: str, **which: Any) -> int:
        with alliances.statements() as sent:
            alliances.ask(method, VISITOR, **which)
        return len(sent)

    for method in ("organizations", "alliances"):
        assert count(method, first=1) == count(method, first=3)
    assert count("organizations_by_id", ids=organization_ids[:1]) == count("organizations_by_id", ids=organization_ids)
    assert count("alliances_by_id", ids=alliance_ids[:1]) == count("alliances_by_id", ids=alliance_ids)


@pytest.mark.parametrize(
    ("method", "which", "index"),
    [
        ("organizations", {}, "pk"),
        ("organizations", {"kind": "university"}, "ix_organizations_kind"),
        ("organizations", {"region": ANHUI}, "ix_organizations_province"),
        ("organizations", {"name": "黄山"}, "ix_organization_names_name"),
        ("alliances", {"kind": "mechanism"}, "ix_alliances_kind"),
        ("alliances", {"region": ANHUI}, "ix_alliances_province"),
    ],
)
def test_every_list_uses_an_index(
    alliances_on_sqlite: AlliancesHub, method: str, which: dict[str, Any], index: str
) -> None:
    plan = alliances_on_sqlite.plan_of(method, **which)

    assert any(("autoindex" if index == "pk" else index) in step for step in plan), plan


def test_history_of_a_body_is_for_the_hub_office(alliances: AlliancesHub) -> None:
    organization = alliances.organization()

    found = alliances.ask("history", subject_type="organization", subject_id=organization["id"])

    assert [(row["type"], row["version"], row["actor"]) for row in found] == [
        ("alliances.organization_registered", 1, "hub-office")
    ]
    nulls = {"after": None, "first": None}
    assert alliances.ask("history", subject_type="organization", subject_id=organization["id"], **nulls) == found
    alliances.appoint("ann", Role.REPRESENTATIVE, Scope.organization(organization["id"]))
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("history", "ann", subject_type="organization", subject_id=organization["id"])
