"""Importing members: every row is matched or told what is wrong with it, and exactly what was previewed is carried out."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.authority import Role, Scope
from contracts.refusals import NotAllowed
from kit.context import Context
from kit.viewer import Viewer
from kit.work.jobs import Next
from services.alliances.membership.importing.service import MemberImportService
from services.alliances.registry.importing.commands import go_on
from tests.services.alliances.alliances_hub import (
    ANHUI,
    HUANGSHAN_CITY,
    OFFICE,
    VISITOR,
    AlliancesHub,
    secretariat,
)
from tests.services.alliances.membership.memberships import memberships
from tests.services.alliances.merging.mergers.merging import merge
from tests.services.service_hub import Refused, at_once, eventually

HEAD = "序号,单位名称（必填）,统一社会信用代码,单位类别,行政区划代码,英文名称\n"
CODE, OTHER_CODE = "12330000470006490G", "12100000470095041C"


def sheet(*rows: str) -> str:
    return "长三角联盟成员名单\n" + HEAD + "".join(f"{number},{row}\n" for number, row in enumerate(rows, 1))


def previewed(alliances: AlliancesHub, alliance: Any, text: str, viewer: str = "", **more: Any) -> Any:
    given = {"alliance_id": alliance["id"], "enter_as": "admitted", "csv": text, **more}
    return alliances.ask("preview_members", viewer or secretariat(alliance), **given)


def imported(alliances: AlliancesHub, alliance: Any, text: str, viewer: str = "", **more: Any) -> Any:
    """The job, once it has ended."""
    viewer = viewer or secretariat(alliance)
    given = {"alliance_id": alliance["id"], "enter_as": "admitted", "csv": text, **more}
    digest = alliances.ask("preview_members", viewer, **given)["digest"]
    asked = alliances.ask("import_members", viewer, **given, digest=digest)
    return ended(alliances, asked["id"], viewer)


def ended(alliances: AlliancesHub, job_id: str, viewer: str) -> Any:
    def look() -> Any:
        [job] = alliances.ask("jobs_by_id", viewer, ids=[job_id])
        return job if job["ended_at"] else None

    return eventually(look, seconds=60)


def counts(job: Any) -> dict[str, int]:
    return {each["name"]: each["count"] for each in job["counts"]}


def faults(preview: Any) -> list[tuple[int, str | None, str]]:
    return [(fault["row"], fault["column"], fault["code"]) for fault in preview["faults"]]


def members(alliances: AlliancesHub, alliance: Any) -> set[str]:
    page = alliances.ask("memberships", VISITOR, alliance_id=alliance["id"], status="member", first=100)
    return {node["organization"]["name_zh"] for node in page["nodes"]}


def test_rows_are_matched_by_code_by_name_and_by_other_names(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    for name, more in {
        "甲大学": {"credit_code": CODE},
        "乙大学(东校区)": {},
        "丙学院": {"aliases": ["丙高等专科学校"], "name_en": "Third College"},
    }.items():
        alliances.organization(name_zh=name, **more)

    preview = previewed(
        alliances,
        alliance,
        sheet(f",{CODE},,,", "乙大学（东校区）,,,黄山市,", "丙高等专科学校,,,,", "Third College,,,,"),
    )

    assert [(row["row"], row["name"], row["matched_by"], row["effect"]) for row in preview["rows"]] == [
        (3, "甲大学", "credit_code", "admit"),
        (4, "乙大学(东校区)", "name", "admit"),
        (5, "丙学院", "other_name", "admit"),
    ]
    assert faults(preview) == [(6, "name", "SAME_AS_ROW")]
    assert preview["faults"][0]["message"] == "与第 5 行是同一单位。"


def test_every_fault_is_told_with_its_row_heading_and_candidates(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    alliances.organization(name_zh="甲大学", credit_code=CODE)
    alliances.organization(name_zh="同名中学", region="340100")
    alliances.organization(name_zh="同名中学", region="320100")

    preview = previewed(
        alliances,
        alliance,
        sheet(
            "甲大学,1233,,,",
            f"乙大学,{CODE},,,",
            f"甲大学,{OTHER_CODE},,,",
            "同名中学,,,,",
            "同名中学,,,江苏省,",
            "没有的大学,,,,",
            "甲大学,,大杂院,月球,",
            ",,,,Only English",
            "甲大学,3.40104E+17,,,",
        ),
    )

    assert faults(preview) == [
        (3, "credit_code", "CREDIT_CODE_INVALID"),
        (4, "credit_code", "CREDIT_CODE_OF_ANOTHER"),
        (5, "credit_code", "CREDIT_CODE_DIFFERS"),
        (6, "name", "MATCH_AMBIGUOUS"),
        (8, "name", "ORGANIZATION_NOT_REGISTERED"),
        (9, "kind", "KIND_UNKNOWN"),
        (9, "region", "REGION_NOT_FOUND"),
        (10, "name", "REQUIRED"),
        (11, "credit_code", "NUMBER_ROUNDED"),
    ]
    told = {fault["row"]: fault for fault in preview["faults"]}
    assert told[10]["heading"] == "单位名称（必填）"
    assert told[6]["message"].startswith("“同名中学”可能是：同名中学（安徽省合肥市）；同名中学（江苏省南京市）；")
    assert [row["row"] for row in preview["rows"]] == [7]


def test_what_was_previewed_is_carried_out_once(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    old, new = alliances.organization(name_zh="老成员大学"), alliances.organization(name_zh="已申请大学")
    pair = {"alliance_id": alliance["id"]}
    membership = alliances.ask("apply_for_membership", **pair, organization_id=old["id"])
    alliances.ask("admit_member", membership_id=membership["id"])
    alliances.ask("apply_for_membership", **pair, organization_id=new["id"])
    alliances.organization(name_zh="第三大学")
    text = sheet("老成员大学,,,,", "已申请大学,,,,", "第三大学,,,,")
    before = len(alliances.said())

    job = imported(alliances, alliance, text)

    assert (job["status"], counts(job)) == ("done", {"unchanged": 1, "admitted": 2})
    assert members(alliances, alliance) == {"老成员大学", "已申请大学", "第三大学"}
    assert [type_ for type_, _ in alliances.said(since=before)] == ["alliances.member_admitted"] * 2
    alliances.settle()
    alliances.rest()
    contents = alliances.contents()
    again = imported(alliances, alliance, text)
    assert counts(again) == {"unchanged": 3}
    assert alliances.contents() == contents


def test_members_that_are_invited_have_to_accept(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    alliances.organization(name_zh="甲大学")

    job = imported(alliances, alliance, sheet("甲大学,,,,"), enter_as="invited")

    assert counts(job) == {"invited": 1}
    assert members(alliances, alliance) == set()
    assert alliances.said()[-1][0] == "alliances.member_invited"


def test_who_may_register_brings_in_what_is_not_registered_yet(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    office = alliances.province_office(ANHUI)
    alliances.appoint(office, Role.SECRETARIAT, Scope.alliance(alliance["id"]))
    rows = [
        f"新大学,{CODE},高等学校,安徽省黄山市,New University",
        "外省大学,,高校,320100,Other University",
        "缺项大学,,,340100,",
        f"又一所,{CODE},企业,340000,Another",
    ]

    preview = previewed(alliances, alliance, sheet(*rows), office)

    assert faults(preview) == [
        (4, "name", "ORGANIZATION_NOT_REGISTERED"),
        (5, "kind", "REQUIRED"),
        (5, "name_en", "REQUIRED"),
        (6, "name", "SAME_AS_ROW"),
    ]
    assert preview["registered"] == 1
    job = imported(alliances, alliance, sheet(rows[0]), office)
    assert counts(job) == {"admitted": 1, "registered": 1}
    [found] = alliances.ask("organizations", name="新大学")["nodes"]
    assert (found["region"], found["kind"], found["credit_code"]) == (HUANGSHAN_CITY, "university", CODE)


def test_nothing_is_imported_but_what_was_previewed(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    organization = alliances.organization(name_zh="甲大学")
    given = {"alliance_id": alliance["id"], "enter_as": "admitted", "csv": sheet("甲大学,,,,")}
    digest = alliances.ask("preview_members", secretariat(alliance), **given)["digest"]

    with alliances.refuses("SHEET_DIFFERS", "digest"):
        alliances.ask("import_members", secretariat(alliance), **{**given, "enter_as": "invited"}, digest=digest)
    with alliances.refuses("SHEET_FAULTY", "file", faults=1):
        alliances.ask("import_members", secretariat(alliance), **{**given, "csv": sheet("无此大学,,,,")}, digest=digest)
    alliances.ask("invite_member", alliance_id=alliance["id"], organization_id=organization["id"])
    job = alliances.ask("import_members", secretariat(alliance), **given, digest=digest)
    assert counts(ended(alliances, job["id"], secretariat(alliance))) == {"admitted": 1}


def test_an_import_is_the_secretariats_until_its_end(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    alliances.organization(name_zh="甲大学")

    for viewer, code in ((VISITOR, "SIGN_IN_REQUIRED"), ("somebody", "NOT_ALLOWED"), (OFFICE, "")):
        if code:
            with alliances.refuses(code):
                alliances.ask(
                    "preview_members", viewer, alliance_id=alliance["id"], enter_as="invited", csv=sheet("甲大学,,,,")
                )
        else:
            assert previewed(alliances, alliance, sheet("甲大学,,,,"), viewer)["admitted"] == 1


def test_a_file_of_many_rows_is_carried_out_in_steps_with_progress(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    rows = [f"第{number}大学,,高等学校,340100,University {number}" for number in range(130)]

    job = imported(alliances, alliance, sheet(*rows), OFFICE)

    assert (job["status"], counts(job)) == ("done", {"admitted": 130, "registered": 130})
    assert (job["done"], job["total"]) == (130, 130)
    first, second = (alliances.ask("memberships", alliance_id=alliance["id"], first=n)["nodes"] for n in (100, 1))
    assert {each["status"] for each in first} == {"member"} and second == first[:1]


WAYS = {status: steps for status, steps in memberships.WAYS.items() if status}


@pytest.mark.parametrize(("enter_as", "status", "stay"), [
    ("invited", "invited", set(WAYS) - memberships.BEGINNINGS),
    ("admitted", "member", {"suspended"}),
])  # fmt: skip
def test_what_is_done_depends_on_where_a_membership_stands(
    alliances: AlliancesHub, enter_as: str, status: str, stay: set[str]
) -> None:
    alliance = alliances.alliance()
    for stands, steps in WAYS.items():
        relation = memberships.Relation(alliances, alliance, alliances.organization(name_zh=f"{stands}大学"))
        for step in steps:
            relation.take(step)
    text = sheet(*(f"{stands}大学,,,," for stands in WAYS))

    first, second = (imported(alliances, alliance, text, enter_as=enter_as) for _ in range(2))

    found = alliances.ask("memberships", alliance_id=alliance["id"], first=100)["nodes"]
    stands = {each["organization"]["name_zh"].removesuffix("大学"): each["status"] for each in found}
    assert stands == {each: each if each in stay else status for each in WAYS}
    assert counts(first).get("unchanged", 0) == len(stay | {status})
    assert counts(second) == {"unchanged": len(WAYS)}


def test_two_who_import_the_same_at_once_enter_each_member_once(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    other = "another-secretary"
    alliances.appoint(other, Role.SECRETARIAT, Scope.alliance(alliance["id"]))
    for number in range(120):
        alliances.organization(name_zh=f"并发第{number}大学")
    given = {"alliance_id": alliance["id"], "enter_as": "admitted"}
    given["csv"] = sheet(*(f"并发第{number}大学,,,," for number in range(120)))
    digest = alliances.ask("preview_members", other, **given)["digest"]
    people = (secretariat(alliance), other)

    jobs = at_once(
        *(lambda each=each: alliances.ask("import_members", each, **given, digest=digest) for each in people)  # type: ignore[misc]
    )

    begun = [(each, who) for each, who in zip(jobs, people, strict=True) if not isinstance(each, Refused)]
    assert all(each.codes == ["SHEET_DIFFERS"] for each in jobs if isinstance(each, Refused))
    assert sum(counts(ended(alliances, each["id"], who)).get("admitted", 0) for each, who in begun) == 120
    said = [data["organization"]["id"] for type_, data in alliances.said() if type_ == "alliances.member_admitted"]
    assert len(said) == len(set(said)) == 120


def test_whoever_is_no_longer_in_the_secretariat_goes_on_no_further(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    service: Any = object()
    with alliances.runtime.database.transaction(Context(Viewer("somebody"))) as session, pytest.raises(NotAllowed):
        MemberImportService.enter_members(
            service, session, service, alliance_id=alliance["id"], enter_as="admitted", rows=[]
        )


@given(st.integers(0, 350))
def test_every_row_is_carried_out_once_whatever_their_number(number: int) -> None:
    rows, carried, saved = [{"number": each} for each in range(number)], [], {}

    def some(rows: Any) -> Counter[str]:
        carried.extend(row["number"] for row in rows)
        return Counter({"admitted": len(rows)})

    while isinstance(outcome := go_on(SimpleNamespace(saved=saved), rows, some), Next):  # type: ignore[arg-type]
        saved = outcome.saved
        assert (outcome.done, outcome.total) == (len(carried), number)

    assert carried == list(range(number))
    assert outcome == {"counts": {"admitted": number} if number else {}}


@pytest.mark.parametrize("enter_as", ["admitted", "invited"])
@pytest.mark.parametrize("ended", [True, False], ids=["its own has ended", "the other's waits"])
def test_a_sheet_that_names_who_took_another_in_leads_the_membership_on_that_they_have(
    alliances: AlliancesHub, enter_as: str, ended: bool
) -> None:
    alliance = alliances.alliance()
    survivor, other = alliances.organization(name_zh="黄山学院"), alliances.organization()
    applied = [
        alliances.ask("apply_for_membership", alliance_id=alliance["id"], organization_id=each["id"])
        for each in ((survivor, other) if ended else (other,))
    ]
    merge(alliances, survivor, other)
    if ended:
        standing = alliances.ask("memberships_by_id", ids=[each["id"] for each in applied])
        [lives] = [each["id"] for each in standing if each["status"] == "applied"]
        alliances.ask("decline_membership", membership_id=lives, reason="-")

    done = counts(imported(alliances, alliance, sheet("黄山学院,,,,"), enter_as=enter_as))

    led_on = enter_as == "admitted" or ended
    assert done[enter_as if led_on else "unchanged"] == 1
    after = {each["status"] for each in alliances.ask("memberships_by_id", ids=[each["id"] for each in applied])}
    expected = {"admitted": "member", "invited": "invited"}[enter_as] if led_on else "applied"
    assert after - {"merged", "declined"} == {expected}
