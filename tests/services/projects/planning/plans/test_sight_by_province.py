"""Sight by province: what one province has not published is not seen by another one's office, in no list and by no id."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.authority import Role, Scope
from tests.services.projects.planning.plans.writing import PLAN, plan_for
from tests.services.projects.projects_hub import ANHUI, ANHUI_OFFICE, JIANGSU, OFFICE, VISITOR, ProjectsHub

JIANGSU_OFFICE = "jiangsu-office"
HUANGSHAN = "341000"
WHOLE, ANHUIS, PUBLISHED = "whole delta", "Anhui's", "published"


@pytest.fixture
def hidden(projects: ProjectsHub) -> dict[str, Any]:
    """Three plans: of no one province, of a city in Anhui, and a published one of Anhui."""
    projects.grant(JIANGSU_OFFICE, Role.PROVINCE_OFFICE, Scope.province(JIANGSU))
    whole = projects.ask("import_plan", text=plan_for("职成处"), public=False)
    anhuis = projects.ask("import_plan", text=PLAN, public=False, region=HUANGSHAN)
    published = projects.ask("import_plan", text=plan_for("高教处"), public=True, region=ANHUI)
    return {WHOLE: whole, ANHUIS: anhuis, PUBLISHED: published}


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [
        (OFFICE, [WHOLE, ANHUIS, PUBLISHED]),
        (ANHUI_OFFICE, [WHOLE, ANHUIS, PUBLISHED]),
        (JIANGSU_OFFICE, [WHOLE, PUBLISHED]),
        ("somebody", [PUBLISHED]),
        (VISITOR, [PUBLISHED]),
    ],
)
def test_an_unpublished_plan_is_seen_by_the_office_of_its_own_province(
    projects: ProjectsHub, hidden: dict[str, Any], viewer: str, seen: list[str]
) -> None:
    ids = {plan["id"]: name for name, plan in hidden.items()}
    parts = {
        part: [node["id"] for id_ in ids for node in projects.ask(part, plan_id=id_)["nodes"]]
        for part in ("work_items", "plan_sections")
    }

    def shown(method: str, key: str = "plan_id", **which: Any) -> set[str]:
        found = projects.ask(method, viewer, **which)
        return {ids[row[key]] for row in (found["nodes"] if isinstance(found, dict) else found)}

    assert shown("plans", "id") == shown("plans", "id", search="要点") == set(seen)
    assert shown("plans_by_id", "id", ids=list(ids)) == set(seen)
    assert shown("work_items") == set(seen)
    for method in ("first_items", "first_sections"):
        assert shown(method, plan_ids=list(ids), first=1) == set(seen)
    for part, part_ids in parts.items():
        assert shown(f"{part}_by_id", ids=part_ids) == set(seen)
        for plan_id, name in ids.items():
            assert shown(part, plan_id=plan_id) == {name} & set(seen)


def test_the_targets_of_an_unpublished_plan_stay_in_its_province(projects: ProjectsHub, hidden: dict[str, Any]) -> None:
    items = [node["id"] for node in projects.ask("work_items", plan_id=hidden[ANHUIS]["id"])["nodes"]]

    assert len(projects.ask("targets", ANHUI_OFFICE, item_ids=items)) == 3
    assert projects.ask("targets", JIANGSU_OFFICE, item_ids=items) == []


def test_no_project_is_opened_from_an_item_that_its_opener_may_not_know_of(
    projects: ProjectsHub, hidden: dict[str, Any]
) -> None:
    lead = projects.organization("江苏大学", region=JIANGSU, representative=JIANGSU_OFFICE)
    partner = projects.organization("黄山学院", region=HUANGSHAN)
    [item, *_] = projects.ask("work_items", plan_id=hidden[ANHUIS]["id"])["nodes"]
    agreed = {"title": "合作", "lead_organization_id": lead, "participant_ids": [partner], "item_id": item["id"]}

    with projects.refuses("NOT_FOUND", "itemId"):
        projects.ask("open_project", JIANGSU_OFFICE, **agreed)
