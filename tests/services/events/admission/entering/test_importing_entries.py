"""Importing: the preview tells every fault and changes nothing; what it shows without faults is what is entered."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from kit.ids import new_id
from kit.sheets.workbook import Xlsx
from tests.services.events.admission.entering.entering import LI, TEACHER, WANG, members
from tests.services.events.competitions.competing import a_track, drafted, opened, places
from tests.services.events.events_hub import SHANGHAI, EventsHub

HEADER = "赛道,单位,参赛者,角色,姓名,证件号,成员单位,分组\n"
NORMAL = "上海师范大学"
GOOD = f"""A,{NORMAL},第一队,参赛者,王小明,{WANG},,甲
A,{NORMAL},第一队,参赛者,赵小红,,,
A,{NORMAL},第一队,指导教师,李老师,{LI},,
小学组,{NORMAL},第二队,,韩梅梅,,,
Track 小学组,{NORMAL},第二队,,李雷,,,
"""


def season(events: EventsHub, *, places: int = 9, **entries: Any) -> str:
    """The id of a competition with a team track, open for entries."""
    rules = {"entries": {"team_least": 2, "team_most": 3, **entries}}
    opened(events, tracks=[{**a_track(p310000=places), "kind": "team"}], rules=rules)
    events.organization(representative=TEACHER)
    return str(events.ask("competitions")["nodes"][0]["id"])


def previewed(events: EventsHub, competition_id: str, rows: str, viewer: str = TEACHER, **options: Any) -> Any:
    return events.ask("preview_entries", viewer, competition_id=competition_id, csv=HEADER + rows, **options)


def faults(preview: Any) -> list[tuple[int, str | None, str]]:
    return [(fault["row"], fault["column"], fault["code"]) for fault in preview["faults"]]


def test_preview_entries_shows_what_a_roster_would_become_and_changes_nothing(events: EventsHub) -> None:
    competition_id = season(events)
    events.settle()
    events.rest()
    before = events.contents()

    preview = previewed(events, competition_id, GOOD)

    shown = [(each["rows"], each["contestant"], each["members"], each["status"]) for each in preview["entries"]]
    assert shown == [
        ([2, 3, 4], "第一队", ["王小明", "赵小红", "李老师"], "entered"),
        ([5, 6], "第二队", ["韩梅梅", "李雷"], "entered"),
    ]
    assert (preview["rows"], preview["entered"], preview["waiting"], preview["faults"]) == (5, 2, 0, [])
    assert preview["entries"][0]["group_name"] == "甲"
    assert events.contents() == before


def test_preview_entries_tells_every_fault_in_the_callers_language(events: EventsHub) -> None:
    competition_id = season(events)
    events.organization("310104", zh="同名学校")
    events.organization("310115", zh="同名学校")
    rows = f"""Z,{NORMAL},甲队,,王小明,,,
A,不存在的学校,乙队,,赵小红,,,
A,同名学校,丙队,,韩梅梅,,,
A,{NORMAL},丁队,,只有一人,,,
A,{NORMAL},戊队,裁判,李雷,12,,
A,{NORMAL},己队,,=cmd(),,,
A,{NORMAL},庚队,,一,{WANG},同名学校,
A,{NORMAL},庚队,,二,{WANG},,
"""

    preview = previewed(events, competition_id, rows)

    assert faults(preview) == [
        (2, "track", "TRACK_UNKNOWN"),
        (3, "organization", "ORGANIZATION_NOT_NAMED"),
        (4, "organization", "ORGANIZATION_AMBIGUOUS"),
        (5, "name", "CONTESTANTS_TOO_FEW"),
        (6, "role", "ROLE_UNKNOWN"),
        (6, "person_number", "PERSON_NUMBER_INVALID"),
        (7, "name", "CELL_IS_FORMULA"),
        (8, "member_organization", "ORGANIZATION_AMBIGUOUS"),
    ]
    assert preview["faults"][0]["message"] == "本届赛事没有“Z”赛道。"
    assert [each["contestant"] for each in preview["entries"]] == ["丁队"]


def test_preview_entries_holds_every_entry_against_the_rules_and_the_places(events: EventsHub) -> None:
    competition_id = season(events, places=1)
    events.ask("import_entries", TEACHER, competition_id=competition_id, csv=HEADER + GOOD[: GOOD.index("小学组")])
    rows = f"""A,{NORMAL},第一队,,重名,,,
A,{NORMAL},第一队,,重名二,,,
A,{NORMAL},第三队,,王小明,{WANG},,
A,{NORMAL},第三队,,另一人,,,
A,{NORMAL},第四队,,甲,,,
A,{NORMAL},第四队,,乙,,,
"""

    preview = previewed(events, competition_id, rows)
    waiting = previewed(events, competition_id, rows, wait_if_full=True)

    assert faults(preview) == [
        (2, "contestant", "ALREADY_ENTERED"),
        (4, "person_number", "PERSON_ENTERED_IN_TRACK"),
        (6, "track", "QUOTA_EXHAUSTED"),
    ]
    assert faults(waiting) == faults(preview)[:2]
    assert (waiting["entered"], waiting["waiting"]) == (0, 1)


def test_a_preview_does_not_tell_who_is_entered_by_others(events: EventsHub) -> None:
    """Else a roster of numbers would find out, without a trace, which of them are known here."""
    competition_id = season(events)
    events.organization("310104", zh="另一学校", representative="other")
    theirs = "".join(f"A,另一学校,他们的队,,{name},{number},,\n" for name, number in (("王小明", WANG), ("另一人", "")))
    events.ask("import_entries", "other", competition_id=competition_id, csv=HEADER + theirs)
    rows = f"A,{NORMAL},我们的队,,王小明,{WANG},,\nA,{NORMAL},我们的队,,某人,,,\n"

    preview = previewed(events, competition_id, rows)

    assert (faults(preview), preview["entered"]) == ([], 1)
    with events.refuses("PERSON_ENTERED_IN_TRACK", "members", most=1):
        events.ask("import_entries", TEACHER, competition_id=competition_id, csv=HEADER + rows)


def test_import_entries_enters_what_the_preview_has_shown(events: EventsHub) -> None:
    competition_id = season(events)
    file = base64.b64encode((HEADER + GOOD).encode("gbk")).decode()

    entries = events.ask("import_entries", TEACHER, competition_id=competition_id, file=file)

    assert [(each["contestant"], each["status"], each["group_name"]) for each in entries] == [
        ("第一队", "entered", "甲"),
        ("第二队", "entered", None),
    ]
    assert [(each.role, each.name, each.person_key is not None) for each in members(events, entries[0]["id"])] == [
        ("contestant", "王小明", True),
        ("contestant", "赵小红", False),
        ("adviser", "李老师", True),
    ]
    assert [type_ for type_, _ in events.said()][-2:] == ["events.entry_submitted"] * 2


def test_import_entries_enters_nothing_where_one_row_is_faulty(events: EventsHub) -> None:
    competition_id = season(events)
    rows = GOOD + f"A,{NORMAL},第三队,,=1+1,,,\n"

    with events.refuses("ROSTER_FAULTY", "file", faults=1):
        events.ask("import_entries", TEACHER, competition_id=competition_id, csv=HEADER + rows)


def test_a_roster_tells_of_each_organization_whether_the_viewer_may_enter_for_it(events: EventsHub) -> None:
    competition_id = season(events)
    events.organization("340100", zh="合肥学院")

    preview = previewed(events, competition_id, "A,合肥学院,第一队,,甲,,,\nA,合肥学院,第一队,,乙,,,\n")

    assert faults(preview) == [(2, "organization", "NOT_ALLOWED"), (3, "organization", "NOT_ALLOWED")]
    with events.refuses("SIGN_IN_REQUIRED"):
        previewed(events, competition_id, GOOD, "")


def test_among_organizations_of_one_name_the_viewers_own_is_meant(events: EventsHub) -> None:
    competition_id = season(events)
    events.organization("310104", zh=NORMAL)

    preview = previewed(events, competition_id, GOOD)
    office = previewed(events, competition_id, GOOD, "hub-office")

    assert faults(preview) == []
    assert {code for _, _, code in faults(office)} == {"ORGANIZATION_AMBIGUOUS"}


def test_a_roster_may_name_an_organization_by_its_id(events: EventsHub) -> None:
    competition_id = season(events)
    organization_id = events.organization(representative=TEACHER, zh="无名学院")

    preview = previewed(events, competition_id, GOOD.replace(NORMAL, organization_id))

    assert {each["organization_id"] for each in preview["entries"]} == {organization_id}


def test_a_roster_has_as_many_rows_as_the_rules_say(events: EventsHub) -> None:
    competition_id = season(events, roster_rows_most=4)

    assert faults(previewed(events, competition_id, GOOD)) == [
        (5, "name", "CONTESTANTS_TOO_FEW"),
        (6, None, "ROSTER_TOO_LONG"),
    ]


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({}, "REQUIRED", "file"),
        ({"csv": "", "file": ""}, "INVALID", "file"),
        ({"file": "no base64!"}, "INVALID", "file"),
        ({"csv": 7}, "INVALID", "csv"),
        ({"csv": "x" * 4_000_001}, "TOO_LONG", "csv"),
    ],
)
def test_preview_entries_refuses_input_of_another_form(events: EventsHub, given: Any, code: str, field: str) -> None:
    problems = events.refusals("preview_entries", competition_id=new_id(), **given)

    assert [(problem["code"], problem["field"]) for problem in problems] == [(code, field)]


def test_a_roster_of_a_draft_or_of_nothing_is_refused(events: EventsHub) -> None:
    draft = drafted(events)

    with events.refuses("NOT_PUBLISHED", "competitionId"):
        previewed(events, draft["id"], GOOD)
    with events.refuses("NOT_FOUND", "competitionId"):
        previewed(events, new_id(), GOOD)


def test_a_fault_names_the_heading_and_the_cell(events: EventsHub) -> None:
    competition_id = season(events)
    text = "赛道,单位,队名*,姓名（必填）\n" + f"A,{NORMAL},一队,=1+1\nA,{'很' * 90},一队,甲\n"

    preview = events.ask("preview_entries", TEACHER, competition_id=competition_id, csv=text)

    told = [(fault["heading"], fault["value"], fault["message"]) for fault in preview["faults"]]
    assert told[0] == ("姓名（必填）", "=1+1", "单元格不能以 =、+、-、@ 开头。")
    assert told[1][:2] == ("单位", "很" * 39 + "…")


def test_the_same_person_twice_in_one_entry_is_a_fault(events: EventsHub) -> None:
    competition_id = season(events)
    rows = f"A,{NORMAL},队一,,张三,,,\nA,{NORMAL},队一,,张三,,,\nA,{NORMAL},队二,,张三,,,\nA,{NORMAL},队二,,李四,,,\n"

    preview = previewed(events, competition_id, rows)

    assert faults(preview) == [(3, "name", "MEMBER_TWICE")]
    assert [each["contestant"] for each in preview["entries"]] == ["队二"]


def test_a_workbook_is_a_roster_too(events: EventsHub) -> None:
    competition_id = season(events)
    book = Xlsx("报名", HEADER.strip().split(","))
    book.add([line.split(",") for line in GOOD.splitlines()])
    with book.close() as file:
        encoded = base64.b64encode(file.read()).decode()

    preview = events.ask("preview_entries", TEACHER, competition_id=competition_id, file=encoded)

    assert (preview["faults"], preview["entered"]) == ([], 2)


def test_half_a_workbook_is_no_roster(events: EventsHub) -> None:
    competition_id = season(events)
    workbook = base64.b64encode(b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00").decode()

    preview = events.ask("preview_entries", TEACHER, competition_id=competition_id, file=workbook)

    assert faults(preview) == [(1, None, "ROSTER_UNREADABLE")]
    assert preview["entries"] == []
    assert places(events, events.ask("competitions")["nodes"][0]["tracks"][0]["id"])[SHANGHAI] == (9, 0, 9)
