"""Reading plans back: public plans are for anybody, the others for the offices; lists are pages of steady cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kit.ids import new_id
from tests.services.projects.planning.plans.writing import PLAN, plan_of
from tests.services.projects.projects_hub import ANHUI_OFFICE, OFFICE, VISITOR, ProjectsHub, Refused

ITEMS = [
    "共建联合实验室，到2025年建成4个。(责任单位：黄山学院、职成处)",
    "开展师资交流。(责任单位：职成处)",
    "举办技能竞赛。",
]
CITIES = ("甲市", "乙市", "丙市")


def walk(projects: ProjectsHub, method: str, **which: Any) -> list[str]:
    """The ids in a list, read in pages of two."""
    ids, after = [], None
    while True:
        page = projects.ask(method, first=2, after=after, **which)
        ids += [node["id"] for node in page["nodes"]]
        if not page["has_next"]:
            return ids
        after = page["cursors"][-1]


@pytest.mark.parametrize(("viewer", "seen"), [(VISITOR, 1), ("somebody", 1), (OFFICE, 2), (ANHUI_OFFICE, 2)])
def test_plans_that_are_not_public_are_seen_by_offices_only(projects: ProjectsHub, viewer: str, seen: int) -> None:
    public = projects.ask("import_plan", text=PLAN, public=True)
    hidden = projects.ask("import_plan", text=plan_of(ITEMS), public=False)
    ids = [public["id"], hidden["id"]]
    items = [projects.ask("work_items", plan_id=id_)["nodes"] for id_ in ids]
    sections = [projects.ask("plan_sections", plan_id=id_)["nodes"] for id_ in ids]
    item_ids = [item["id"] for nodes in items for item in nodes]
    section_ids = [section["id"] for nodes in sections for section in nodes]

    def ask(method: str, **which: Any) -> Any:
        return projects.ask(method, viewer, **which)

    assert ask("plans")["nodes"] == [public, hidden][:seen]
    assert ask("plans_by_id", ids=ids) == [public, hidden][:seen]
    assert [ask("plan_sections", plan_id=id_)["nodes"] for id_ in ids[:seen]] == sections[:seen]
    assert [ask("plan_sections", plan_id=id_)["nodes"] for id_ in ids[seen:]] == [[]] * (2 - seen)
    assert [ask("work_items", plan_id=id_)["nodes"] for id_ in ids[:seen]] == items[:seen]
    assert [ask("work_items", plan_id=id_)["nodes"] for id_ in ids[seen:]] == [[]] * (2 - seen)
    assert len(ask("work_items", unit="职成处")["nodes"]) == [1, 3][seen - 1]
    assert {each["plan_id"] for each in ask("first_items", plan_ids=ids, first=1)} == set(ids[:seen])
    assert {each["plan_id"] for each in ask("first_sections", plan_ids=ids, first=1)} == set(ids[:seen])
    assert len(ask("work_items_by_id", ids=item_ids)) == [4, 7][seen - 1]
    assert len(ask("plan_sections_by_id", ids=section_ids)) == [4, 5][seen - 1]
    assert len(ask("targets", item_ids=item_ids)) == [3, 4][seen - 1]


def test_work_items_come_in_the_order_of_the_document(projects: ProjectsHub) -> None:
    plan = projects.ask("import_plan", text=plan_of(f"做好第{n}项工作。" for n in range(1, 8)), public=True)
    whole = projects.ask("work_items", plan_id=plan["id"], first=100)["nodes"]

    assert [item["key"] for item in whole] == [f"1.{n}" for n in range(1, 8)]
    assert walk(projects, "work_items", plan_id=plan["id"]) == [item["id"] for item in whole]


def test_work_items_are_found_by_unit_and_by_section(projects: ProjectsHub) -> None:
    plan = projects.ask("import_plan", text=PLAN, public=True)
    other = projects.ask("import_plan", text=plan_of(ITEMS), public=True)
    section = projects.ask("plan_sections", plan_id=plan["id"])["nodes"][2]

    def keys(**which: Any) -> list[tuple[str, str]]:
        return [(item["plan_id"], item["key"]) for item in projects.ask("work_items", VISITOR, **which)["nodes"]]

    assert keys(unit="职成处") == [(plan["id"], "2.1.1"), (other["id"], "1.1"), (other["id"], "1.2")]
    assert keys(unit="职成处", plan_id=other["id"]) == [(other["id"], "1.1"), (other["id"], "1.2")]
    assert keys(section_id=section["id"]) == [(plan["id"], "2.1.1"), (plan["id"], "2.1.2")]
    assert keys(unit="职成处%") == keys(plan_id=new_id()) == []


def test_plans_and_sections_are_read_in_pages(projects: ProjectsHub) -> None:
    plans = [projects.ask("import_plan", text=plan_of(ITEMS, name=name), public=True) for name in CITIES]
    sections = projects.ask("import_plan", text=PLAN, public=True)

    assert walk(projects, "plans") == [plan["id"] for plan in [*plans, sections]]
    assert len(set(walk(projects, "plan_sections", plan_id=sections["id"]))) == 4


@pytest.mark.parametrize(("method", "page"), [("first_items", "work_items"), ("first_sections", "plan_sections")])
def test_the_first_of_each_plan_lead_on_to_its_pages(projects: ProjectsHub, method: str, page: str) -> None:
    plan = projects.ask("import_plan", text=PLAN, public=True)
    other = projects.ask("import_plan", text=plan_of(ITEMS), public=True)

    firsts = projects.ask(method, plan_ids=[plan["id"], other["id"]], first=2)

    mine = [first for first in firsts if first["plan_id"] == plan["id"]]
    rest = projects.ask(page, plan_id=plan["id"], after=mine[1]["cursor"])["nodes"]
    whole = projects.ask(page, plan_id=plan["id"])["nodes"]
    assert [first["id"] for first in mine] == [each["id"] for each in whole[:3]]
    assert rest == whole[2:]


@pytest.mark.parametrize("viewer", [VISITOR, OFFICE])
def test_every_list_sends_as_many_statements_for_three_rows_as_for_one(projects: ProjectsHub, viewer: str) -> None:
    plans = [projects.ask("import_plan", text=plan_of(ITEMS, name=name), public=True) for name in CITIES]
    ids = [plan["id"] for plan in plans]
    items = [item["id"] for item in projects.ask("first_items", plan_ids=ids, first=1)]

    def sent(ask: Callable[[int], Any]) -> list[int]:
        counts = []
        for rows in (1, 3):
            with projects.statements() as statements:
                ask(rows)
            counts.append(len(statements))
        return counts

    grants = 2 if viewer else 1  # with the question whether the viewer works in an office
    assert {
        "plans": sent(lambda n: projects.ask("plans", viewer, first=n)),
        "plans_by_id": sent(lambda n: projects.ask("plans_by_id", viewer, ids=ids[:n])),
        "plan_sections": sent(lambda n: projects.ask("plan_sections", viewer, plan_id=ids[0], first=n)),
        "first_sections": sent(lambda n: projects.ask("first_sections", viewer, plan_ids=ids[:n], first=1)),
        "targets": sent(lambda n: projects.ask("targets", viewer, item_ids=items[:n])),
        "work_items": sent(lambda n: projects.ask("work_items", viewer, plan_id=ids[0], first=n)),
        "work_items_by_id": sent(lambda n: projects.ask("work_items_by_id", viewer, ids=items[:n])),
        "first_items": sent(lambda n: projects.ask("first_items", viewer, plan_ids=ids[:n], first=1)),
    } == {
        **dict.fromkeys(["plans", "plans_by_id", "plan_sections", "first_sections", "targets"], [grants] * 2),
        **dict.fromkeys(["work_items", "work_items_by_id", "first_items"], [grants + 2] * 2),  # units and deadlines
    }


@pytest.mark.parametrize(
    ("method", "arguments", "field", "code"),
    [
        ("plans", {"first": 0}, "first", "OUT_OF_RANGE"),
        ("plans", {"first": 101}, "first", "OUT_OF_RANGE"),
        ("plans", {"after": "AAAA"}, "after", "INVALID"),
        ("work_items", {"after": "¾"}, "after", "INVALID"),
        ("work_items", {"plan_id": "1' OR '1'='1"}, "planId", "INVALID"),
        ("work_items", {"unit": "\x00"}, "unit", "CHARACTER_NOT_ALLOWED"),
        ("plan_sections", {}, "planId", "REQUIRED"),
        ("plans_by_id", {"ids": []}, "ids", "TOO_SHORT"),
        ("targets", {"item_ids": [new_id()] * 101}, "itemIds", "TOO_LONG"),
        ("first_items", {"plan_ids": [new_id()], "first": 10**9}, "first", "OUT_OF_RANGE"),
    ],
)
def test_a_question_of_a_wrong_form_is_refused(
    projects: ProjectsHub, method: str, arguments: dict[str, Any], field: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        projects.ask(method, VISITOR, **arguments)

    assert [(problem["field"], problem["code"]) for problem in refused.value.problems] == [(field, code)]
