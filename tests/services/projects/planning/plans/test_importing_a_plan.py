"""Importing a plan: a document's text becomes a plan with items that can be tracked, once."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.authority import Role, Scope
from services.projects.planning.plans.reading import Deadline, Item, Section, Target, read_plan
from tests.services.projects.planning.plans.writing import PLAN, PROSE, plan_of
from tests.services.projects.projects_hub import (
    ANHUI,
    ANHUI_OFFICE,
    JIANGSU,
    VISITOR,
    ProjectsHub,
    Refused,
    at_once,
)

HOSTILE: list[Any] = [
    "1" * 399_000,
    "（" * 100_000,
    "1.\n" * 100_000,
    "一、二、三、" * 50_000,
    "\u202e\ufeff\u200b" * 1_000 + "一",
    "工作要点\n" + "（责任单位：" * 20_000,
    "工作要点\n1.到2027年达到" + "9" * 5_000 + "%。\n2.二。\n3.三。\n",
    plan_of([f"共建联合实验室。(责任单位：{'甲' * 5_000})", "二。", "三。"]),
    "'; DROP TABLE plans; --",
    "<script>alert(1)</script>{{ 7*7 }}",
]


def test_import_plan_keeps_everything_that_the_text_was_read_to_say(projects: ProjectsHub) -> None:
    reading = read_plan(PLAN)

    plan = projects.ask("import_plan", text=PLAN, public=True, region=ANHUI)

    sections = projects.ask("plan_sections", plan_id=plan["id"])["nodes"]
    items = projects.ask("work_items", plan_id=plan["id"])["nodes"]
    targets = projects.ask("targets", item_ids=[item["id"] for item in items])
    keys = {part["id"]: part["key"] for part in sections + items} | {None: None}
    assert plan == {
        "id": plan["id"],
        "title": "安徽省推进教育协作 2025 年度工作要点",
        "issuer": reading.issuer,
        "year": 2025,
        "document_number": None,
        "region": ANHUI,
        "public": True,
        "created_at": plan["created_at"],
    }
    assert [_without_ids(section, keys) for section in sections] == [_section(each) for each in reading.sections]
    assert [_without_ids(item, keys) for item in items] == [_item(each) for each in reading.items]
    assert [(keys[target.pop("item_id")], target) for target in targets] == [
        (item.key, _target(target)) for item in reading.items for target in item.targets
    ]
    assert (len(sections), len(items), len(targets)) == (4, 4, 3)


def test_import_plan_says_that_the_plan_was_imported(projects: ProjectsHub) -> None:
    plan = projects.ask("import_plan", text=PLAN, public=False)

    assert projects.said() == [
        (
            "projects.plan_imported",
            {"plan_id": plan["id"], "title": plan["title"], "issuer": None, "items": 4, "public": False},
        )
    ]


@pytest.mark.parametrize(
    "again",
    [PLAN, PLAN.replace("\n", "\r\n\r\n"), "\ufeff" + PLAN.replace("，", ",").replace("：", ": "), PLAN + " \n"],
)
def test_import_plan_gives_the_plan_that_the_same_text_became_and_changes_nothing(
    projects: ProjectsHub, again: str
) -> None:
    plan = projects.ask("import_plan", text=PLAN, public=True)
    projects.rest()
    before = projects.contents()

    found = projects.ask("import_plan", ANHUI_OFFICE, text=again, public=False, region=ANHUI, title="另一个名字")

    assert found == plan
    assert projects.contents() == before


def test_import_plan_of_one_text_by_several_at_once_makes_one_plan(projects: ProjectsHub) -> None:
    plans = at_once(*[lambda: projects.ask("import_plan", text=PLAN, public=True)] * 8)

    assert [plan["id"] for plan in plans] == [plans[0]["id"]] * 8
    assert [type_ for type_, _ in projects.said()] == ["projects.plan_imported"]
    assert len(projects.contents()["work_items"]) == 4


def test_import_plan_with_the_same_key_answers_the_same(projects: ProjectsHub) -> None:
    first = projects.ask("import_plan", key="once", text=PLAN, public=True)

    assert projects.ask("import_plan", key="once", text=PLAN, public=True) == first


def test_import_plan_refuses_what_is_no_plan(projects: ProjectsHub) -> None:
    with projects.refuses("NOT_A_PLAN", "text"):
        projects.ask("import_plan", text=PROSE, public=True)


def test_import_plan_refuses_an_unknown_region(projects: ProjectsHub) -> None:
    with projects.refuses("UNKNOWN_REGION", "region", region="999999"):
        projects.ask("import_plan", text=PLAN, public=True, region="999999")


def test_import_plan_is_for_the_office_of_the_plans_province(projects: ProjectsHub) -> None:
    city = "341000"

    plan = projects.ask("import_plan", ANHUI_OFFICE, text=PLAN, public=True, region=city)

    assert plan["region"] == city


@pytest.mark.parametrize(
    ("viewer", "region", "code"),
    [
        (VISITOR, ANHUI, "SIGN_IN_REQUIRED"),
        ("somebody", ANHUI, "NOT_ALLOWED"),
        ("representative", ANHUI, "NOT_ALLOWED"),
        (ANHUI_OFFICE, JIANGSU, "NOT_ALLOWED"),
        (ANHUI_OFFICE, None, "NOT_ALLOWED"),
    ],
)
def test_import_plan_is_for_nobody_else(projects: ProjectsHub, viewer: str, region: str | None, code: str) -> None:
    projects.organization("黄山学院", representative="representative")

    with projects.refuses(code):
        projects.ask("import_plan", viewer, text=PLAN, public=True, region=region)


def test_import_plan_is_no_longer_for_an_office_that_lost_its_role(projects: ProjectsHub) -> None:
    grant = projects.grant("jiangsu-office", Role.PROVINCE_OFFICE, Scope.province(JIANGSU))
    projects.revoke(grant)

    with projects.refuses("NOT_ALLOWED"):
        projects.ask("import_plan", "jiangsu-office", text=PLAN, public=True, region=JIANGSU)


def test_import_plan_takes_the_doubts_that_a_preview_showed(projects: ProjectsHub) -> None:
    preview = projects.ask("preview_plan", language="en", text=PLAN)

    plan = projects.ask("import_plan", text=PLAN, public=True, confirmed_doubts=preview["doubts_digest"])

    assert plan["title"] == preview["title"]


def test_import_plan_refuses_a_text_with_other_doubts_than_were_confirmed(projects: ProjectsHub) -> None:
    preview = projects.ask("preview_plan", text=PLAN)
    other = PLAN + "4.派出教师。\n"

    with projects.refuses("DOUBTS_CHANGED", "confirmedDoubts"):
        projects.ask("import_plan", text=other, public=True, confirmed_doubts=preview["doubts_digest"])


def test_import_plan_calls_the_plan_as_its_importer_says(projects: ProjectsHub) -> None:
    plan = projects.ask("import_plan", text=PLAN, public=True, title="三年行动计划")

    assert plan["title"] == "三年行动计划"


def test_import_plan_calls_a_text_without_a_title_by_its_opening_words(projects: ProjectsHub) -> None:
    opening = "为深入推进长三角教育协作，" + "各方经协商，" * 8 + "共同制定了此行动计划。"
    text = f"{opening}\n一、重点项目\n1.共建实验室。\n2.共享课程。\n二、保障机制\n1.加强领导。\n"

    plan = projects.ask("import_plan", text=text, public=True)

    assert (read_plan(text).title, plan["title"]) == (None, opening[:40] + "…")


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("text", "", "TOO_SHORT"),
        ("text", " \n\u3000", "INVALID"),
        ("text", "一\x00" * 100, "INVALID"),
        ("text", "一" * 400_000 + "\x00", "TOO_LONG"),
        ("text", None, "REQUIRED"),
        ("text", ["一"], "INVALID"),
        ("public", "yes", "INVALID"),
        ("public", None, "REQUIRED"),
        ("region", "34", "INVALID"),
        ("region", "3400000\n", "INVALID"),
        ("title", "题" * 201, "TOO_LONG"),
        ("confirmed_doubts", "x", "INVALID"),
        ("issuer", "省教育厅", "UNKNOWN_FIELD"),
    ],
)
def test_import_plan_refuses_input_of_a_wrong_form(projects: ProjectsHub, field: str, value: Any, code: str) -> None:
    projects.rest()
    before = projects.contents()

    with pytest.raises(Refused) as refused:
        projects.ask("import_plan", **{"text": PLAN, "public": True, field: value})

    assert [(each["code"], each["field"].replace("D", "_d")) for each in refused.value.problems] == [(code, field)]
    assert projects.contents() == before


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_import_plan_takes_or_refuses_any_text_and_never_breaks(projects: ProjectsHub, text: str) -> None:
    is_plan = projects.ask("preview_plan", text=text)["is_plan"]

    if is_plan:
        plan = projects.ask("import_plan", text=text, public=True)
        assert projects.ask("plans_by_id", VISITOR, ids=[plan["id"]]) == [plan]
    else:
        with projects.refuses("NOT_A_PLAN", "text"):
            projects.ask("import_plan", text=text, public=True)


def test_import_plan_sends_as_many_statements_for_sixty_items_as_for_three(projects: ProjectsHub) -> None:
    projects.organization("黄山学院")
    item = "共建联合实验室，到2025年建成4个。(责任单位：黄山学院、职成处)"

    with projects.statements() as few:
        projects.ask("import_plan", text=plan_of([item] * 3), public=True)
    with projects.statements() as many:
        projects.ask("import_plan", text=plan_of([item] * 60, name="某县"), public=True)

    assert len(projects.said()) == 2 + 3 + 60
    assert len(many) == len(few)


def _without_ids(part: dict[str, Any], keys: dict[str | None, Any]) -> dict[str, Any]:
    """A section or item with the keys of what it refers to instead of their ids."""
    named = {name.removesuffix("_id"): keys[part[name]] for name in ("parent_id", "section_id") if name in part}
    return {name: value for name, value in part.items() if not name.endswith("id")} | named


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "parent": section.parent,
        "title": section.title,
        "level": section.level,
        "line": section.line,
    }


def _item(item: Item) -> dict[str, Any]:
    return {
        "key": item.key,
        "section": item.section,
        "parent": item.parent,
        "number": item.number,
        "kind": item.kind.value,
        "text": item.text,
        "responsible_raw": item.responsible_raw,
        "responsible_units": list(item.responsible_units),
        "units": [{"name": unit.name, "role": unit.role} for unit in item.units],
        "deadlines": [_deadline(deadline) for deadline in item.deadlines],
        "line": item.lines[0],
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    due_on = deadline.due_on and deadline.due_on.isoformat()
    other = {"rhythm": deadline.rhythm, "standing": deadline.standing, "what": deadline.what}
    return {"words": deadline.words, "due_on": due_on, **other}


def _target(target: Target) -> dict[str, Any]:
    return {
        "metric": target.metric,
        "comparator": target.comparator.value,
        "comparator_inferred": target.comparator_inferred,
        "value": float(target.value),
        "value_max": None if target.value_max is None else float(target.value_max),
        "unit": target.unit,
        "due_year": target.due_year,
        "frequency": target.frequency and target.frequency.value,
        "scope": target.scope,
        "quote": target.quote,
    }
