"""Renaming an organisation: on any day it has one name, the former ones are found, names to come take effect on their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.clock import NOW
from tests.services.alliances.alliances_hub import VISITOR, AlliancesHub, named
from tests.services.alliances.registry.organizations.test_changing_an_organization import by_id, said_last
from tests.services.service_hub import eventually

TODAY = NOW.date()


def rename(alliances: AlliancesHub, found: dict[str, Any], name: str, since: date, **others: Any) -> dict[str, Any]:
    names = {"name_zh": name, "name_en": f"{name} in English"}
    given = {"organization_id": found["id"], **names, "since": str(since), "reason": "更名", **others}
    answer: dict[str, Any] = alliances.ask("rename_organization", **given)
    return answer


def names_of(alliances: AlliancesHub, found: dict[str, Any]) -> list[tuple[str | None, str | None, str]]:
    parts = alliances.ask("names_of_organizations", VISITOR, organization_ids=[found["id"]])
    return [(part["since"], part["until"], part["name_zh"]) for part in parts]


def named_on(alliances: AlliancesHub, found: dict[str, Any], day: date) -> str:
    asked = [{"organization_id": found["id"], "day": str(day)}]
    [answer] = alliances.ask("organization_names_on", VISITOR, asked=asked)
    name: str = answer["answer"]["name_zh"]
    return name


def found_by(alliances: AlliancesHub, name: str) -> list[str]:
    return [node["name_zh"] for node in alliances.ask("organizations", VISITOR, name=name)["nodes"]]


def test_a_former_name_is_kept_with_its_days_and_finds_its_owner(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh="屯溪师专", name_en="Tunxi", aliases=["黄山的大学"])
    assert names_of(alliances, found) == [(None, None, "屯溪师专")]

    renamed = rename(alliances, found, "黄山学院", date(2002, 3, 1))

    assert renamed["name_zh"] == "黄山学院"
    assert renamed["aliases"] == sorted(["黄山的大学", "屯溪师专", "Tunxi"])
    assert names_of(alliances, found) == [(None, "2002-02-28", "屯溪师专"), ("2002-03-01", None, "黄山学院")]
    assert [named_on(alliances, found, day) for day in (date(2002, 2, 28), date(2002, 3, 1))] == [
        "屯溪师专",
        "黄山学院",
    ]
    assert found_by(alliances, "屯溪") == found_by(alliances, "黄山的") == found_by(alliances, "黄山学") == ["黄山学院"]
    said = said_last(alliances)
    assert (said["what"], said["since"], said["named"]) == ("renamed", "2002-03-01", named(found))
    assert said["organization"] == named(renamed)


def test_names_to_come_take_effect_on_the_morning_of_their_day(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh="学院")
    day = TODAY + timedelta(days=30)

    planned = rename(alliances, found, "大学", day)

    assert planned == found
    assert (said_last(alliances)["what"], said_last(alliances)["named"]["zh"]) == ("renaming_planned", "大学")
    assert found_by(alliances, "大学") == []
    assert named_on(alliances, found, day) == "大学"
    alliances.clock.advance(timedelta(days=31))
    eventually(lambda: by_id(alliances, found)["name_zh"] == "大学")
    said = said_last(alliances)
    assert (said["what"], said["since"], said["named"], said["reason"]) == ("renamed", str(day), named(found), "更名")
    assert found_by(alliances, "学院") == found_by(alliances, "大学") == ["大学"]


def test_a_name_to_come_that_another_bears_by_then_is_held_up_until_it_is_free(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh="学院")
    rename(alliances, found, "大学", TODAY + timedelta(days=30))
    other = alliances.organization(name_zh="大学")

    alliances.clock.advance(timedelta(days=31))

    eventually(lambda: said_last(alliances)["what"] == "renaming_held_up")
    assert by_id(alliances, found)["name_zh"] == "学院"
    alliances.ask("retire_organization", organization_id=other["id"], on=str(TODAY), reason="重复登记")
    renamed = rename(alliances, found, "大学", TODAY + timedelta(days=31))
    assert renamed["name_zh"] == "大学"


def test_a_name_that_another_bears_today_is_refused(alliances: AlliancesHub) -> None:
    alliances.organization(name_zh="大学")
    found = alliances.organization(name_zh="学院")

    with alliances.refuses("ORGANIZATION_KNOWN", "nameZh"):
        rename(alliances, found, "大学", TODAY)
    with alliances.refuses("NOTHING_CHANGED"):
        rename(alliances, found, "学院", TODAY, name_en=found["name_en"])


def test_the_same_day_again_corrects_the_name_and_leaves_no_former_one(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh="学院")
    rename(alliances, found, "大雪", date(2020, 1, 1))

    rename(alliances, found, "大学", date(2020, 1, 1))

    assert names_of(alliances, found) == [(None, "2019-12-31", "学院"), ("2020-01-01", None, "大学")]
    assert found_by(alliances, "大雪") == []


def test_a_name_put_right_was_never_another(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh="学院")
    rename(alliances, found, "大雪", date(2020, 1, 1))

    alliances.ask("change_organization", organization_id=found["id"], name_zh="大学", name_en="D", reason="笔误")

    assert names_of(alliances, found) == [(None, "2019-12-31", "学院"), ("2020-01-01", None, "大学")]
    assert (found_by(alliances, "大雪"), found_by(alliances, "学院")) == ([], ["大学"])


def test_a_name_that_never_was_is_struck_out(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh="学院")
    rename(alliances, found, "大学", date(2020, 1, 1))
    which = {"organization_id": found["id"], "reason": "误办"}

    struck = alliances.ask("withdraw_organization_name", **which, since="2020-01-01")

    assert struck == found
    assert names_of(alliances, found) == [(None, None, "学院")]
    assert (said_last(alliances)["what"], said_last(alliances)["named"]["zh"]) == ("name_withdrawn", "大学")
    with alliances.refuses("NO_NAME_SINCE", "since"):
        alliances.ask("withdraw_organization_name", **which, since="2020-01-01")
    with alliances.refuses("FIRST_NAME_STANDS", "since"):
        alliances.ask("withdraw_organization_name", **which, since="1900-01-01")


def test_names_of_many_take_as_many_statements_as_those_of_one(alliances: AlliancesHub) -> None:
    several = [alliances.organization() for _ in range(3)]
    for each in several:
        rename(alliances, each, f"新{each['name_zh']}", date(2020, 1, 1))

    def count(ids: list[str]) -> int:
        with alliances.statements() as sent:
            alliances.ask("names_of_organizations", VISITOR, organization_ids=ids)
        return len(sent)

    assert count([several[0]["id"]]) == count([each["id"] for each in several])
