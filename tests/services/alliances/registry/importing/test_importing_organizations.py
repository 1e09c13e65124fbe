"""Importing organisations: an office registers what is not registered yet, and what is exported can be imported again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gateway.exports.cells import headings, rows_of
from kit.sheets.writing import csv_lines
from tests.services.alliances.alliances_hub import ANHUI, HUANGSHAN_CITY, OFFICE, VISITOR, AlliancesHub, secretariat
from tests.services.alliances.membership.importing.test_importing_members import (
    CODE,
    counts,
    ended,
    faults,
    members,
)

HEAD = "单位名称,英文名称,单位类别,行政区划代码,统一社会信用代码,其他名称\n"
ROWS = f"甲大学,First University,高等学校,340100,{CODE},甲大、安徽甲大学\n乙局,Second Bureau,教育局,安徽省黄山市,,\n"


def previewed(alliances: AlliancesHub, text: str, viewer: str = OFFICE) -> Any:
    return alliances.ask("preview_organizations", viewer, csv=text)


def imported(alliances: AlliancesHub, text: str, viewer: str = OFFICE) -> dict[str, int]:
    digest = previewed(alliances, text, viewer)["digest"]
    asked = alliances.ask("import_organizations", viewer, csv=text, digest=digest)
    return counts(ended(alliances, asked["id"], viewer))


def exported(alliances: AlliancesHub, method: str, language: str, **which: Any) -> str:
    """The whole table as the CSV file that the gateway makes of it, two rows a part."""
    part = alliances.ask(method, **which, first=2)
    file = csv_lines([headings(part["columns"], language)]) + csv_lines(rows_of(part, language))
    while part["after"]:
        part = alliances.ask(method, **which, first=2, after=part["after"])
        file += csv_lines(rows_of(part, language))
    return file.decode()


def test_an_office_registers_what_is_not_registered_yet(alliances: AlliancesHub) -> None:
    office = alliances.province_office(ANHUI)

    assert previewed(alliances, HEAD + ROWS, office)["registered"] == 2
    assert imported(alliances, HEAD + ROWS, office) == {"registered": 2}
    assert imported(alliances, HEAD + ROWS, office) == {"unchanged": 2}

    first, second = alliances.ask("organizations")["nodes"]
    assert (first["name_zh"], first["kind"], first["aliases"]) == ("甲大学", "university", ["安徽甲大学", "甲大"])
    assert (second["name_en"], second["region"]) == ("Second Bureau", HUANGSHAN_CITY)


def test_nobody_registers_elsewhere_by_a_sheet(alliances: AlliancesHub) -> None:
    office = alliances.province_office("320000")

    for viewer in (office, "somebody"):
        told = previewed(alliances, HEAD + ROWS, viewer)
        assert faults(told) == [(row, "name", "ORGANIZATION_NOT_REGISTERED") for row in (2, 3)]
    with alliances.refuses("SIGN_IN_REQUIRED"):
        previewed(alliances, HEAD + ROWS, VISITOR)


def test_what_is_exported_comes_back_in_both_languages(alliances: AlliancesHub) -> None:
    imported(alliances, HEAD + ROWS + "=丙(校),'-Third,其他,310000,,\n".replace("=丙", "'=丙"))

    for language in ("zh-CN", "en"):
        again = previewed(alliances, exported(alliances, "export_organizations", language))
        assert (faults(again), again["unchanged"]) == ([], 3)
    assert len(alliances.ask("export_organizations", VISITOR, kind="university", region=ANHUI)["rows"]) == 1


def test_the_exported_members_of_a_day_are_the_members_of_another_alliance(alliances: AlliancesHub) -> None:
    alliance, other = alliances.alliance(), alliances.alliance()
    first, *_ = [alliances.member(alliance, name_zh=name) for name in ("甲大学", "乙大学", "丙大学")]
    day = alliances.clock.now().date().isoformat()
    alliances.clock.advance(timedelta(days=1))
    alliances.ask("withdraw_member", membership_id=first["id"], reason="机构调整")

    before = exported(alliances, "export_members", "zh-CN", alliance_id=alliance["id"], on=day)
    today = exported(alliances, "export_members", "en", alliance_id=alliance["id"])

    assert len(today.splitlines()) == 3
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("export_members", "somebody", alliance_id=alliance["id"], on=day)
    given = {"alliance_id": other["id"], "enter_as": "admitted", "csv": before}
    preview = alliances.ask("preview_members", secretariat(other), **given)
    assert (faults(preview), preview["admitted"]) == ([], 3)
    job = alliances.ask("import_members", secretariat(other), **given, digest=preview["digest"])
    ended(alliances, job["id"], secretariat(other))
    assert members(alliances, other) == {"甲大学", "乙大学", "丙大学"}
