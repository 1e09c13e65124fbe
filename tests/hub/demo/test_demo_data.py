"""Demo data: what the files refer to exists, every name is there in both languages, and examples are marked as such."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

import contracts.authority
from contracts.alliances.membership.memberships import MembershipStatus
from contracts.authority import SCOPE_OF_ROLE, Role
from contracts.regions import provinces, region
from hub.demo.load import WAYS

DEMO = Path(contracts.authority.__file__).parents[1] / "hub" / "demo"

ORGANIZATION_KINDS = {
    "education_department",
    "government_office",
    "education_bureau",
    "university",
    "vocational_college",
    "secondary_school",
    "research_institute",
    "enterprise",
    "association",
    "media",
    "other",
}
ALLIANCE_KINDS = {
    "vocational_group",
    "technology_transfer",
    "talent_service",
    "school_alliance",
    "university_alliance",
    "vocational_alliance",
    "mechanism",
    "other",
}


def rows(name: str) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = yaml.safe_load((DEMO / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def keys(name: str) -> list[str]:
    return [row["key"] for row in rows(name)]


def named_things() -> Iterator[dict[str, Any]]:
    yield from rows("organizations")
    yield from rows("alliances")
    for series in rows("series"):
        yield series
        for edition in series["editions"]:
            yield edition
            yield from edition["tracks"]


def test_keys_are_unique_in_each_file() -> None:
    for name in ("organizations", "alliances", "series"):
        assert len(set(keys(name))) == len(keys(name))
    personas = [persona["id"] for persona in rows("personas")]
    assert len(set(personas)) == len(personas)


def test_every_thing_has_a_chinese_and_an_english_name() -> None:
    for thing in named_things():
        assert any("\u4e00" <= letter <= "\u9fff" for letter in thing["name_zh"]), thing
        assert thing["name_en"] and not any("\u4e00" <= letter <= "\u9fff" for letter in thing["name_en"]), thing


def test_names_and_aliases_mean_one_organization_or_alliance_each() -> None:
    for name in ("organizations", "alliances"):
        spellings = [spelling for row in rows(name) for spelling in (row["name_zh"], *row["aliases"])]
        assert len(set(spellings)) == len(spellings)


def test_organizations_have_a_known_kind_a_known_region_and_a_source() -> None:
    for row in rows("organizations"):
        assert row["kind"] in ORGANIZATION_KINDS
        assert region(row["region"]) is not None, row
        assert row["unified_social_credit_code"] is None and row["source"]


def test_alliances_have_a_known_kind_and_lead_province() -> None:
    codes = {province.code for province in provinces()}

    for row in rows("alliances"):
        assert row["kind"] in ALLIANCE_KINDS
        assert row["lead_province"] is None or row["lead_province"] in codes
        assert row["founded_on"] is None or isinstance(row["founded_on"], date)
        assert row["source"]


def test_the_four_vocational_groups_are_led_by_the_four_provinces() -> None:
    groups = [row for row in rows("alliances") if row["kind"] == "vocational_group"]

    assert {row["lead_province"] for row in groups} == {"310000", "320000", "330000", "340000"}
    assert {row["founded_on"] for row in groups} == {date(2018, 12, 13)}


def test_members_exist_and_are_marked_as_demonstration() -> None:
    for row in rows("alliances"):
        for member in row["members"]:
            assert member["organization"] in keys("organizations")
            assert member["demo_member"] is True


def test_members_stand_at_every_status_that_they_can_be_led_to_at_once() -> None:
    led = {member.get("status", "member") for row in rows("alliances") for member in row["members"]}

    assert led == set(WAYS) == {status.value for status in MembershipStatus} - {"lapsed", "merged"}


def test_there_is_a_persona_for_every_role() -> None:
    held = {grant["role"] for persona in rows("personas") for grant in persona["grants"]}

    assert held == set(SCOPE_OF_ROLE) - {Role.JUDGE}
    assert "persona:judge" in {persona["id"] for persona in rows("personas")}


def test_editions_are_marked_as_demonstration_and_open_before_they_close() -> None:
    editions = [edition for series in rows("series") for edition in series["editions"]]

    assert [edition["number"] for edition in editions] == [14]
    for edition in editions:
        assert edition["demonstration"] is True and "演示" in edition["name_zh"]
        assert edition["entries_open_in_days"] < edition["entries_close_in_days"]
        assert all(track["places_per_province"] > 0 for track in edition["tracks"])


def test_series_belong_to_known_alliances() -> None:
    assert {series["alliance"] for series in rows("series")} - {None} <= set(keys("alliances"))


def test_personas_hold_known_roles_on_things_that_exist_and_have_reserved_addresses() -> None:
    known = {
        "hub": {"hub"},
        "province": {province.code for province in provinces()},
        "alliance": set(keys("alliances")),
        "event": set(keys("series")),
        "organization": set(keys("organizations")),
        "delegation": {f"{series}:{province.code}" for series in keys("series") for province in provinces()},
    }

    for persona in rows("personas"):
        assert persona["id"].startswith("persona:") and persona["title_zh"] and persona["title_en"]
        assert persona["email"].endswith("@example.org")
        for grant in persona["grants"]:
            assert SCOPE_OF_ROLE[Role(grant["role"])] == grant["scope"]
            assert grant["ref"] in known[grant["scope"]]


def test_the_sample_plan_calls_itself_an_example_and_has_four_sections_of_ten_items() -> None:
    lines = (DEMO / "plan.txt").read_text(encoding="utf-8").split("\n\n")
    sections = [line[0] for line in lines if line[1:2] == "、"]
    items = [line for line in lines if line[:1].isdigit()]

    assert "演示" in lines[0] and "示例" in lines[1]
    assert sections == ["一", "二", "三", "四"]
    assert [int(item.split(".")[0]) for item in items] == list(range(1, 11))
    assert all("（责任单位：" in item for item in items)
    assert [mark for item in items for mark in ("95%以上", "30门以上", "不少于12场") if mark in item] == [
        "95%以上",
        "30门以上",
        "不少于12场",
    ]
