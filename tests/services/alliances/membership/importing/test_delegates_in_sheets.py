"""Who votes, named by a sheet: previewed with every fault, carried out, exported for both sides, and imported again."""

from __future__ import annotations

from typing import Any

from tests.clock import NOW
from tests.services.alliances.alliances_hub import HUANGSHAN_CITY, VISITOR, AlliancesHub, secretariat
from tests.services.alliances.membership.importing.test_classes_and_terms import bodies, membership_of
from tests.services.alliances.membership.importing.test_importing_members import counts, faults, imported, previewed

HEAD = "单位名称,代表人,代表职务\n"
TODAY = NOW.date().isoformat()


def sheet(*rows: str) -> str:
    return HEAD + "".join(f"{row}\n" for row in rows)


def employed(hub: AlliancesHub, body: dict[str, Any], name: str, until: str | None = None) -> str:
    """The record of somebody who works there."""
    person = hub.ask("register_person", organization_id=body["id"], name_zh=name, since="2020-01-01")
    if until:
        [affiliation] = hub.ask("affiliations_of_persons", person_ids=[person["id"]])
        hub.ask("correct_affiliation", affiliation_id=affiliation["id"], since="2020-01-01", until=until)
    return str(person["id"])


def exported(hub: AlliancesHub, alliance: dict[str, Any], viewer: str) -> list[list[Any]]:
    part = hub.ask("export_members", viewer, alliance_id=alliance["id"])
    headings = [each["zh"] for each in part["columns"]]
    places = [headings.index(heading) for heading in HEAD.strip().split(",")]
    return sorted([row[place] for place in places] for row in part["rows"])


def delegates(hub: AlliancesHub, alliance: dict[str, Any], name: str) -> list[dict[str, Any]]:
    asked = [{"membership_id": membership_of(hub, alliance, name)["id"]}]
    [answer] = hub.ask("delegates_of_members_on", asked=asked)
    found: list[dict[str, Any]] = answer["answer"]
    return found


def test_who_votes_is_named_by_the_sheet_exported_and_imported_again(alliances: AlliancesHub) -> None:
    first, second = alliances.alliance(), alliances.alliance()
    one, two = (alliances.organization(name_zh=name) for name in ("甲大学", "乙大学"))
    record, _ = employed(alliances, one, "王老师"), employed(alliances, two, "李老师", until="2027-06-30")
    text = sheet("甲大学,王老师,国际处处长", "乙大学,李老师,")
    shown = previewed(alliances, first, text)
    assert [(row["delegate"], row["position"]) for row in shown["rows"]] == [("王老师", "国际处处长"), ("李老师", None)]
    before = len(alliances.said())

    assert counts(imported(alliances, first, text)) == {"admitted": 2}

    named = [data for type_, data in alliances.said(since=before) if type_ == "alliances.delegate_named"]
    assert sorted((said["organization"]["zh"], said["kind"], said["since"]) for said in named) == sorted(
        [("甲大学", "voting", TODAY), ("乙大学", "voting", TODAY)]
    )
    [voter] = delegates(alliances, first, "甲大学")
    assert (voter["name"], voter["position"], voter["until"]) == ("王老师", "国际处处长", None)
    [other] = delegates(alliances, first, "乙大学")
    assert other["until"] == "2027-06-30"
    assert counts(imported(alliances, first, text)) == {"unchanged": 2}
    rows = exported(alliances, first, secretariat(first))
    assert rows == sorted([["甲大学", "王老师", "国际处处长"], ["乙大学", "李老师", None]])
    assert exported(alliances, first, VISITOR) == sorted([["甲大学", None, None], ["乙大学", None, None]])
    imported(alliances, second, sheet(*(",".join(each or "" for each in row) for row in rows)))
    assert exported(alliances, second, secretariat(second)) == rows
    assert record in repr(alliances.contents()["delegates"])


def test_every_fault_of_delegates_is_told_before(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    one, two, _ = (alliances.organization(name_zh=name) for name in ("甲大学", "乙大学", "丙大学"))
    for body, name in ((one, "王老师"), (two, "李老师"), (two, "李老师")):
        alliances.ask("register_person", organization_id=body["id"], name_zh=name, since="2020-01-01", main=False)

    text = sheet("甲大学,赵老师,处长", "乙大学,李老师,", "丙大学,,处长")
    assert faults(previewed(alliances, alliance, text)) == [
        (2, "delegate", "DELEGATE_NOT_AFFILIATED"),
        (3, "delegate", "DELEGATE_NOT_AFFILIATED"),
        (4, "delegate", "REQUIRED"),
    ]
    head = "单位名称,单位类别,行政区划代码,英文名称,代表人\n"
    new = f"{head}新学校,大学,{HUANGSHAN_CITY},New School,王老师\n"
    assert faults(previewed(alliances, alliance, new, viewer="hub-office")) == [
        (2, "delegate", "DELEGATE_NOT_AFFILIATED")
    ]
    invited = previewed(alliances, alliance, sheet("甲大学,赵老师,"), enter_as="invited")
    assert faults(invited) == []
    rules = {"delegates": {"affiliated": False}}
    alliances.ask("adopt_charter", alliance_id=alliance["id"], rules=rules, reason="-")
    assert counts(imported(alliances, alliance, new, viewer="hub-office")) == {"admitted": 1, "registered": 1}
    assert [each["name"] for each in delegates(alliances, alliance, "新学校")] == ["王老师"]


def test_who_is_kept_out_by_the_charter_is_told_before(alliances: AlliancesHub) -> None:
    parent, alliance = alliances.alliance(), alliances.alliance()
    bodies(alliances, "甲大学", "乙大学", "丙大学")
    alliances.ask("link_alliance", alliance_id=alliance["id"], parent_id=parent["id"], reason="下设")
    imported(alliances, parent, sheet("甲大学,,", "乙大学,,"))
    rules = {"members": {"cap": 1, "parent_required": True}}
    alliances.ask("adopt_charter", alliance_id=alliance["id"], rules=rules, reason="-")

    assert faults(previewed(alliances, alliance, sheet("甲大学,,", "丙大学,,", "乙大学,,"))) == [
        (3, "name", "CAP_REACHED"),
        (3, "name", "NOT_IN_PARENT"),
        (4, "name", "CAP_REACHED"),
    ]
    assert counts(imported(alliances, alliance, sheet("乙大学,,"))) == {"admitted": 1}
