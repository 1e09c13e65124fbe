"""Previewing a plan: what was understood and what is doubted, before anything is saved."""

from __future__ import annotations

import pytest

from services.projects.planning.plans.reading import describe, read_plan
from tests.services.projects.planning.plans.writing import PLAN, PROSE
from tests.services.projects.projects_hub import ANHUI_OFFICE, OFFICE, VISITOR, ProjectsHub


def test_preview_plan_shows_what_was_understood(projects: ProjectsHub) -> None:
    preview = projects.ask("preview_plan", text=PLAN)

    first, task = preview["items"][0], preview["items"][1]
    assert (preview["is_plan"], preview["year"]) == (True, 2025)
    assert preview["title"] == "安徽省推进教育协作 2025 年度工作要点"
    assert [section["title"] for section in preview["sections"]] == [
        "一、总体要求",
        "二、重点任务",
        "(一)职业教育",
        "(二)高等教育",
    ]
    assert first["text"] == "推进三省一市教育协作，形成合力，共同提高。"
    assert (first["responsible_units"], first["line"]) == ([], 3)
    assert (task["number"], task["text"]) == ("1", "建设联合职业教育集团，到2025年建成4个。")
    assert task["responsible_units"] == ["职成处", "黄山学院", "各市教育局"]
    assert [(target["value"], target["unit"], target["due_year"]) for target in task["targets"]] == [(4.0, "个", 2025)]


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_preview_plan_says_its_doubts_in_the_callers_language(projects: ProjectsHub, locale: str) -> None:
    doubts = read_plan(PLAN).doubts

    preview = projects.ask("preview_plan", language=locale, text=PLAN)

    assert preview["doubts"] == [
        {"code": doubt.code.value, "item_key": doubt.item, "line": doubt.line, "text": describe(doubt, locale)}
        for doubt in doubts
    ]
    assert {(doubt["item_key"], doubt["line"]) for doubt in preview["doubts"]} >= {("2.1.1", 6), ("2.2.3", 9)}


def test_preview_plan_shows_why_a_text_is_no_plan(projects: ProjectsHub) -> None:
    preview = projects.ask("preview_plan", text=PROSE)

    assert (preview["is_plan"], preview["sections"], preview["items"]) == (False, [], [])
    assert "not_a_plan" in [doubt["code"] for doubt in preview["doubts"]]


@pytest.mark.parametrize("viewer", [OFFICE, ANHUI_OFFICE])
def test_preview_plan_saves_nothing(projects: ProjectsHub, viewer: str) -> None:
    projects.rest()
    before = projects.contents()

    projects.ask("preview_plan", viewer, text=PLAN)

    assert projects.contents() == before


@pytest.mark.parametrize(("viewer", "code"), [(VISITOR, "SIGN_IN_REQUIRED"), ("somebody", "NOT_ALLOWED")])
def test_preview_plan_is_for_offices(projects: ProjectsHub, viewer: str, code: str) -> None:
    with projects.refuses(code):
        projects.ask("preview_plan", viewer, text=PLAN)
