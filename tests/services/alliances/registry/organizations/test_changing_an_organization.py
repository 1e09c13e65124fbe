"""Changing an organisation: its entry is put right, moved, closed and reopened, by those who may, and readable afterwards."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.clock import NOW
from tests.services.alliances.alliances_hub import (
    ANHUI,
    HUANGSHAN_CITY,
    JIANGSU,
    OFFICE,
    SHANGHAI,
    SOMEBODY,
    VISITOR,
    AlliancesHub,
    named,
    representative,
)
from tests.services.service_hub import eventually

CREDIT_CODE = "91110000600037341L"
TODAY = NOW.date()
OWN = {"website": "https://www.hsu.edu.cn", "text_zh": "徽州文化研究重镇。", "text_en": "In the south of Anhui."}


def said_last(alliances: AlliancesHub) -> dict[str, Any]:
    """What was said last of a change."""
    return [data for type_, data in alliances.said() if type_ == "alliances.organization_changed"][-1]


def by_id(alliances: AlliancesHub, found: dict[str, Any]) -> dict[str, Any]:
    [now] = alliances.ask("organizations_by_id", ids=[found["id"]])
    answer: dict[str, Any] = now
    return answer


def test_what_is_wrong_is_put_right_and_all_of_it_is_said_anew(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh="黄山学员", aliases=["黄院"])
    right = {"kind": "vocational_college", "name_zh": "黄山学院", "credit_code": CREDIT_CODE.lower()}

    changed = alliances.ask("change_organization", organization_id=found["id"], reason="笔误", **right)

    assert changed == {**found, **right, "credit_code": CREDIT_CODE}
    assert by_id(alliances, found) == changed
    assert said_last(alliances) == {
        "organization": named(changed),
        "kind": "vocational_college",
        "region": HUANGSHAN_CITY,
        "aliases": ["黄院"],
        "country": None,
        "superior_id": None,
        "status": "active",
        "retired_on": None,
        "credit_code": CREDIT_CODE,
        "school_code": None,
        "website": None,
        "what": "corrected",
        "named": named(found),
        "since": None,
        "to_region": None,
        "to_country": None,
        "reason": "笔误",
    }
    assert alliances.ask("organizations", name="黄山学员")["nodes"] == []


def test_what_is_left_out_stays_and_an_empty_value_goes(alliances: AlliancesHub) -> None:
    found = alliances.organization(credit_code=CREDIT_CODE, aliases=["甲", "乙"])
    which = {"organization_id": found["id"], "reason": "更正"}

    assert alliances.ask("change_organization", **which, credit_code=None) == {**found, "credit_code": None}
    assert alliances.ask("change_organization", **which, aliases=["乙"])["aliases"] == ["乙"]
    assert alliances.ask("change_organization", **which, aliases=[])["aliases"] == []


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"name_zh": None, "reason": "更正"}, "REQUIRED", "nameZh"),
        ({"kind": None, "reason": "更正"}, "REQUIRED", "kind"),
        ({"kind": "media"}, "REQUIRED", "reason"),
        ({"kind": "university", "reason": "更正"}, "NOTHING_CHANGED", None),
        ({"reason": "更正"}, "NOTHING_CHANGED", None),
        ({"credit_code": "91110000600037341K", "reason": "更正"}, "CREDIT_CODE_INVALID", "creditCode"),
        ({"credit_code": CREDIT_CODE, "reason": "更正"}, "CREDIT_CODE_TAKEN", "creditCode"),
        ({"school_code": "4134010375", "reason": "更正"}, "SCHOOL_CODE_TAKEN", "schoolCode"),
        ({"name_zh": "安徽大学", "reason": "更正"}, "ORGANIZATION_KNOWN", "nameZh"),
    ],
)
def test_what_would_not_be_right_is_refused(
    alliances: AlliancesHub, facts: dict[str, Any], code: str, field: str | None
) -> None:
    alliances.organization(name_zh="安徽大学", credit_code=CREDIT_CODE, school_code="4134010375")
    found = alliances.organization()

    with alliances.refuses(code, field):
        alliances.ask("change_organization", organization_id=found["id"], **facts)


def test_a_representative_says_what_the_body_says_of_itself_and_no_more(alliances: AlliancesHub) -> None:
    found = alliances.organization()
    speaker = representative(found)

    changed = alliances.ask("change_organization", speaker, organization_id=found["id"], **OWN)

    assert changed == {**found, **OWN}
    assert said_last(alliances)["what"] == "presented"
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("change_organization", speaker, organization_id=found["id"], name_zh="别名", reason="更正")
    other = alliances.organization()
    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("change_organization", speaker, organization_id=other["id"], **OWN)


STEPS = {
    "change_organization": {"kind": "media", "reason": "更正"},
    "rename_organization": {"name_zh": "新名", "name_en": "New", "since": "2026-01-01", "reason": "更名"},
    "move_organization": {"region": "340100", "reason": "迁址"},
    "retire_organization": {"on": "2026-01-01", "reason": "撤销"},
}


@pytest.mark.parametrize("step", STEPS)
def test_the_office_of_its_province_changes_the_entry_and_no_other(alliances: AlliancesHub, step: str) -> None:
    found = alliances.organization()
    which = {"organization_id": found["id"], **STEPS[step]}

    for person in (VISITOR, SOMEBODY, alliances.province_office(SHANGHAI)):
        with alliances.refuses("NOT_ALLOWED" if person else "SIGN_IN_REQUIRED"):
            alliances.ask(step, person, **which)
    alliances.ask(step, alliances.province_office(ANHUI), **which)


def test_a_body_that_moves_takes_the_offices_of_both_provinces(alliances: AlliancesHub) -> None:
    found, office = alliances.organization(), alliances.province_office(ANHUI)
    which = {"organization_id": found["id"], "region": SHANGHAI, "since": "2026-01-01", "reason": "迁址"}

    with alliances.refuses("NOT_ALLOWED"):
        alliances.ask("move_organization", office, **which)
    moved = alliances.ask("move_organization", **which)

    assert moved == {**found, "region": SHANGHAI}
    assert (said_last(alliances)["what"], said_last(alliances)["since"]) == ("moved", "2026-01-01")
    alliances.organization(name_zh=found["name_zh"])
    with alliances.refuses("ORGANIZATION_KNOWN", "region"):
        alliances.ask("move_organization", organization_id=found["id"], region=HUANGSHAN_CITY, reason="误办")


def test_what_is_closed_frees_its_name_and_can_go_on_while_nobody_has_it(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh="黄山学院")

    closed = alliances.ask("retire_organization", organization_id=found["id"], on=str(TODAY), reason="并入")

    assert closed == {**found, "status": "inactive", "retired_on": str(TODAY)}
    with alliances.refuses("ORGANIZATION_INACTIVE", "organizationId"):
        alliances.ask("retire_organization", organization_id=found["id"], on=str(TODAY), reason="并入")
    other = alliances.organization(name_zh="黄山学院")
    with alliances.refuses("ORGANIZATION_KNOWN", "organizationId"):
        alliances.ask("reopen_organization", organization_id=found["id"], reason="误办")
    alliances.ask("retire_organization", organization_id=other["id"], on=str(TODAY), reason="重复")
    assert alliances.ask("reopen_organization", organization_id=found["id"], reason="误办") == found
    with alliances.refuses("ORGANIZATION_ACTIVE", "organizationId"):
        alliances.ask("reopen_organization", organization_id=found["id"], reason="误办")


def test_a_closing_to_come_takes_place_on_its_day_unless_it_is_called_off(alliances: AlliancesHub) -> None:
    gone, stays = alliances.organization(), alliances.organization()
    day = TODAY + timedelta(days=40)
    for each in (gone, stays):
        planned = alliances.ask("retire_organization", organization_id=each["id"], on=str(day), reason="撤销")
        assert (planned["status"], planned["retired_on"]) == ("active", str(day))
        assert said_last(alliances)["what"] == "retirement_planned"
    alliances.ask("reopen_organization", organization_id=stays["id"], reason="不撤了")

    alliances.clock.advance(timedelta(days=41))

    eventually(lambda: by_id(alliances, gone)["status"] == "inactive")
    assert said_last(alliances)["what"] == "retired"
    assert by_id(alliances, stays) == stays


def test_every_change_can_be_read_by_those_whom_it_concerns(alliances: AlliancesHub) -> None:
    found = alliances.organization(name_zh="旧名")
    alliances.ask("change_organization", representative(found), organization_id=found["id"], **OWN)
    names = {"name_zh": "新名", "name_en": "New", "since": "2026-01-01"}
    alliances.ask("rename_organization", organization_id=found["id"], **names, reason="升格")

    for reader in (representative(found), alliances.province_office(ANHUI), OFFICE):
        page = alliances.ask("organization_history", reader, organization_id=found["id"])
        seen = [(node["version"], node["what"], node["by"], node["reason"], node["name_zh"]) for node in page["nodes"]]
        assert seen == [
            (1, "registered", OFFICE, "", "旧名"),
            (2, "presented", representative(found), "", "旧名"),
            (3, "renamed", OFFICE, "升格", "新名"),
        ]
    assert (page["nodes"][2]["other_name_zh"], page["nodes"][2]["since"]) == ("旧名", "2026-01-01")
    first = alliances.ask("organization_history", organization_id=found["id"], first=1)
    rest = alliances.ask("organization_history", organization_id=found["id"], after=first["cursors"][0])
    assert [node["version"] for node in rest["nodes"]] == [2, 3]
    for stranger in (VISITOR, SOMEBODY, alliances.province_office(JIANGSU)):
        with alliances.refuses("NOT_ALLOWED" if stranger else "SIGN_IN_REQUIRED"):
            alliances.ask("organization_history", stranger, organization_id=found["id"])


def test_the_timer_twice_changes_nothing_more(alliances: AlliancesHub) -> None:
    found = alliances.organization()
    alliances.ask("retire_organization", organization_id=found["id"], on="2026-01-01", reason="撤销")
    alliances.rest()
    before = alliances.contents()

    for _ in range(2):
        with alliances.runtime.database.transaction() as session:
            alliances.runtime.service.turn_organization(session, found["id"])

    assert alliances.contents() == before
