"""Items of an organisation: found by whichever of its names a plan prints, and never by a name that may mean another."""

from __future__ import annotations

from tests.services.projects.planning.plans.test_reading_plans_back import walk
from tests.services.projects.planning.plans.writing import plan_of
from tests.services.projects.projects_hub import ANHUI, SHANGHAI, VISITOR, ProjectsHub

WHOLE, SHORT = "黄山学院", "黄院"


def imported(projects: ProjectsHub, *units: str, name: str = "甲市", region: str | None = None) -> list[str]:
    """The ids of the items of a public plan for which these units are responsible, one each."""
    named = [f"做好第{n}项工作。(责任单位：{unit})" for n, unit in enumerate(units, start=1)]
    text = plan_of([*named, "开展师资交流。", "举办技能竞赛。"], name=name)
    plan = projects.ask("import_plan", text=text, public=True, **({"region": region} if region else {}))
    items = projects.ask("work_items", plan_id=plan["id"], first=100)["nodes"]
    return [item["id"] for item in items[: len(units)]]


def found(projects: ProjectsHub, organization_id: str, **which: str) -> list[str]:
    items = walk(projects, "work_items", organization_id=organization_id, **which)
    counted = projects.ask("work_items", VISITOR, organization_id=organization_id, counted=True, **which)
    assert counted["total"] == len(items)
    return items


def test_an_organisation_is_found_by_each_of_its_names_in_the_order_of_the_documents(projects: ProjectsHub) -> None:
    items = imported(projects, WHOLE, "教育局", SHORT, f"{WHOLE}、{SHORT}", WHOLE)
    organization = projects.organization(WHOLE, aliases=(SHORT,))

    assert found(projects, organization) == [items[0], items[2], items[3], items[4]]
    projects.rename(organization, "黄山大学", version=2)
    assert found(projects, organization) == []
    later = imported(projects, "黄山大学", name="乙市")
    assert found(projects, organization) == later
    assert found(projects, projects.organization("无名学院")) == []


def test_a_name_that_several_bear_counts_in_the_plans_of_its_province_alone(projects: ProjectsHub) -> None:
    here, there = projects.organization(WHOLE), projects.organization(WHOLE, region=SHANGHAI)
    common = imported(projects, WHOLE)
    anhui = imported(projects, WHOLE, name="安徽", region=ANHUI)
    shanghai = imported(projects, WHOLE, name="上海", region=SHANGHAI)

    assert (found(projects, here), found(projects, there)) == (anhui, shanghai)
    another = projects.organization(WHOLE)
    assert (found(projects, here), found(projects, another), found(projects, there)) == ([], [], shanghai)
    projects.rename(another, "别名学院", version=2)
    projects.rename(there, "外地学院", version=2, region=SHANGHAI)
    assert found(projects, here) == [*common, *anhui, *shanghai]


def test_those_that_are_one_are_found_by_the_names_of_all(projects: ProjectsHub) -> None:
    items = imported(projects, WHOLE, SHORT)
    survivor, other = projects.organization(WHOLE), projects.organization(SHORT)
    assert (found(projects, survivor), found(projects, other)) == (items[:1], items[1:])

    said = projects.merge(survivor, other)
    assert found(projects, survivor) == found(projects, other) == items
    projects.unmerge(said)
    assert (found(projects, survivor), found(projects, other)) == (items[:1], items[1:])


def test_a_plan_that_is_not_for_the_viewer_tells_nothing_of_it(projects: ProjectsHub) -> None:
    organization = projects.organization(WHOLE)
    hidden = plan_of([f"做好第{n}项工作。(责任单位：{WHOLE})" for n in (1, 2, 3)], name="丙市")
    projects.ask("import_plan", text=hidden, public=False)

    assert projects.ask("work_items", VISITOR, organization_id=organization)["nodes"] == []
    assert len(walk(projects, "work_items", organization_id=organization)) == 3
