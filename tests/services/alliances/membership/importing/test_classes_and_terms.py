"""The class and the term that a sheet gives to who becomes a member by it: previewed, carried out, exported, imported again."""

from __future__ import annotations

from typing import Any

from tests.services.alliances.alliances_hub import VISITOR, AlliancesHub, secretariat
from tests.services.alliances.membership.classes.test_classes import class_on
from tests.services.alliances.membership.importing.test_importing_members import counts, faults, imported, previewed
from tests.services.alliances.membership.renewals.test_renewals import term_on

HEAD = "单位名称,成员类别,任期至\n"


def sheet(*rows: str) -> str:
    return HEAD + "".join(f"{row}\n" for row in rows)


def bodies(hub: AlliancesHub, *names: str) -> None:
    for name in names:
        hub.organization(name_zh=name)


def membership_of(hub: AlliancesHub, alliance: dict[str, Any], name: str) -> dict[str, Any]:
    nodes = hub.ask("memberships", alliance_id=alliance["id"], status="member")["nodes"]
    return next(each for each in nodes if each["organization"]["name_zh"] == name)


def exported(hub: AlliancesHub, alliance: dict[str, Any], viewer: str) -> list[tuple[str, Any, Any]]:
    part = hub.ask("export_members", viewer, alliance_id=alliance["id"])
    headings = [each["zh"] for each in part["columns"]]
    place, until = headings.index("成员类别"), headings.index("任期至")
    return [(row[0], row[place]["zh"], row[until]) for row in part["rows"]]


def test_who_joins_by_a_sheet_has_its_class_and_term(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    bodies(alliances, "甲大学", "乙大学", "丙大学")
    text = sheet("甲大学,理事长单位,2028-12-31", "乙大学,council,2027年6月30日", "丙大学,,")
    shown = previewed(alliances, alliance, text)
    assert [(row["member_class"], row["until"]) for row in shown["rows"]] == [
        ("chair", "2028-12-31"),
        ("council", "2027-06-30"),
        (None, None),
    ]

    assert counts(imported(alliances, alliance, text)) == {"admitted": 3}

    found = [membership_of(alliances, alliance, name) for name in ("甲大学", "乙大学", "丙大学")]
    assert [class_on(alliances, each)[0] for each in found] == ["chair", "council", "member"]
    assert [term and term["until"] for term in (term_on(alliances, each) for each in found)] == [
        "2028-12-31",
        "2027-06-30",
        None,
    ]
    assert counts(imported(alliances, alliance, text)) == {"unchanged": 3}
    public = [("甲大学", "理事长单位", None), ("乙大学", "理事单位", None), ("丙大学", "成员单位", None)]
    assert sorted(exported(alliances, alliance, VISITOR)) == sorted(public)
    own = [("甲大学", "理事长单位", "2028-12-31"), ("乙大学", "理事单位", "2027-06-30"), ("丙大学", "成员单位", None)]
    assert sorted(exported(alliances, alliance, secretariat(alliance))) == sorted(own)


def test_every_fault_of_class_and_term_is_told_before(alliances: AlliancesHub) -> None:
    alliance = alliances.alliance()
    bodies(alliances, "甲大学", "乙大学", "丙大学", "丁大学")
    text = sheet(
        "甲大学,名誉单位,", "乙大学,理事长单位,2026-02-30", "丙大学,理事长单位,2026-03-01", "丁大学,chair,12/31/2026"
    )

    assert faults(previewed(alliances, alliance, text)) == [
        (2, "member_class", "CLASS_UNKNOWN"),
        (3, "until", "DAY_UNREADABLE"),
        (4, "until", "TERM_INVALID"),
        (5, "until", "DAY_UNREADABLE"),
    ]
    two_chairs = sheet("甲大学,理事长单位,", "乙大学,理事长单位,")
    assert faults(previewed(alliances, alliance, two_chairs)) == [(3, "member_class", "CLASS_FULL")]
    imported(alliances, alliance, sheet("甲大学,理事长单位,"))
    assert faults(previewed(alliances, alliance, sheet("乙大学,理事长单位,"))) == [(2, "member_class", "CLASS_FULL")]
    assert faults(previewed(alliances, alliance, two_chairs)) == [(3, "member_class", "CLASS_FULL")]


def test_what_was_exported_makes_the_same_members_of_another_alliance(alliances: AlliancesHub) -> None:
    first, second = alliances.alliance(), alliances.alliance()
    bodies(alliances, "甲大学", "乙大学")
    imported(alliances, first, sheet("甲大学,理事长单位,2028-12-31", "乙大学,,2027-06-30"))
    rows = exported(alliances, first, secretariat(first))

    imported(alliances, second, sheet(*(",".join(filter(None, row)) for row in rows)))

    assert sorted(exported(alliances, second, secretariat(second))) == sorted(rows)
