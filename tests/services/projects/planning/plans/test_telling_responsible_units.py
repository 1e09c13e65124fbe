"""Telling responsible units: an import tells the organisations that an item names, as far as they are known."""

from __future__ import annotations

from tests.services.projects.planning.plans.writing import PLAN, plan_for
from tests.services.projects.projects_hub import ANHUI, JIANGSU, SHANGHAI, ProjectsHub

ASSIGNED = "projects.item_assigned"


def assigned(projects: ProjectsHub) -> list[list[str]]:
    """The organisations of each message that told of an item, in the order of the messages."""
    return [data["organization_ids"] for type_, data in projects.said() if type_ == ASSIGNED]


def test_import_plan_tells_the_organisations_that_an_item_names(projects: ProjectsHub) -> None:
    college = projects.organization("黄山学院")
    group = projects.organization("安徽省职业教育集团", aliases=("省职教集团", "职教集团"))

    plan = projects.ask("import_plan", text=PLAN, public=True)

    items = projects.ask("work_items", plan_id=plan["id"])["nodes"]
    told = {"plan_id": plan["id"], "plan_title": plan["title"]}
    assert projects.said(since=1) == [
        (
            ASSIGNED,
            {
                **told,
                "item_id": item["id"],
                "item_key": item["key"],
                "item_text": item["text"],
                "organization_ids": [organization_id],
            },
        )
        for item, organization_id in zip(items[1:3], [college, group], strict=True)
    ]


def test_import_plan_leaves_the_journal_of_the_plan_without_a_gap(projects: ProjectsHub) -> None:
    projects.organization("黄山学院")
    projects.organization("省职教集团")

    plan = projects.ask("import_plan", text=PLAN, public=True)

    history = projects.ask("history", subject_type="plan", subject_id=plan["id"])
    assert [(entry["version"], entry["type"]) for entry in history] == [
        (1, "projects.plan_imported"),
        (2, ASSIGNED),
        (3, ASSIGNED),
    ]


def test_import_plan_tells_an_organisation_once_that_an_item_names_twice(projects: ProjectsHub) -> None:
    college = projects.organization("黄山学院", aliases=("黄院",))

    projects.ask("import_plan", text=plan_for("黄山学院", "黄院"), public=True)

    assert assigned(projects) == [[college]]


def test_import_plan_reads_names_in_half_width_punctuation(projects: ProjectsHub) -> None:
    campus = projects.organization("上海大学（嘉定校区）", region=SHANGHAI)

    projects.ask("import_plan", text=plan_for("上海大学(嘉定校区)"), public=True)

    assert assigned(projects) == [[campus]]


def test_import_plan_takes_a_name_that_several_bear_for_the_one_in_its_province(projects: ProjectsHub) -> None:
    projects.organization("实验小学", region=JIANGSU)
    at_home = projects.organization("实验小学", region="341000")

    projects.ask("import_plan", text=plan_for("实验小学"), public=True, region=ANHUI)

    assert assigned(projects) == [[at_home]]


def test_import_plan_tells_nobody_where_a_name_stays_in_doubt(projects: ProjectsHub) -> None:
    projects.organization("实验小学", region=JIANGSU)
    projects.organization("实验小学", region=ANHUI)

    projects.ask("import_plan", text=plan_for("实验小学"), public=True)

    assert assigned(projects) == []


def test_import_plan_takes_collective_units_for_nobody(projects: ProjectsHub) -> None:
    projects.organization("黄山市教育局", region="341000")

    projects.ask("import_plan", text=plan_for("各市教育局", "有关高校"), public=True)

    assert assigned(projects) == []


def test_an_organisation_that_is_registered_after_the_import_is_not_told(projects: ProjectsHub) -> None:
    projects.ask("import_plan", text=plan_for("黄山学院"), public=True)

    projects.organization("黄山学院")
    projects.ask("import_plan", text=plan_for("黄山学院"), public=True)

    assert assigned(projects) == []
