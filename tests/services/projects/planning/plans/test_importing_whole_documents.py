"""Three documents go through the service and come out as a careful reader wrote them down; two are refused."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.projects.planning.plans.shelves import BOTH, Shelf, hits
from tests.services.projects.projects_hub import VISITOR, ProjectsHub, Refused


@pytest.fixture(params=BOTH)
def shelf(request: pytest.FixtureRequest) -> Shelf:
    found: Shelf = request.param
    return found


def figure(target: dict[str, Any]) -> tuple[Any, ...]:
    """What a target sets, without the words: comparator, values, unit, year, frequency."""
    inferred = target.get("comparator_basis") == "inferred" or target.get("comparator_inferred", False)
    values = (float(target["value"]), None if target.get("value_max") is None else float(target["value_max"]))
    return (target["comparator"], inferred, *values, target["unit"], target["due_year"], target["frequency"])


def imported(projects: ProjectsHub, text: str) -> dict[int, dict[str, Any]]:
    """The items of a document that was imported, by their first source line, as the public reads them."""
    plan = projects.ask("import_plan", text=text, public=True)
    items = projects.ask("work_items", VISITOR, plan_id=plan["id"], first=100)["nodes"]
    targets = projects.ask("targets", VISITOR, item_ids=[item["id"] for item in items])
    for item in items:
        item["targets"] = [target for target in targets if target["item_id"] == item["id"]]
    return {item["line"]: item for item in items}


def test_three_plans_are_imported_as_a_careful_reader_read_them(
    projects: ProjectsHub, shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    found = wanted = (0, 0, 0)

    for document in shelf.documents():
        by_line = imported(projects, shelf.paper(document["source_file"]))
        for item in document["items"]:
            got = by_line.get(item["source_lines"][0], {"text": None, "responsible_units": [], "targets": []})
            units, targets = item["responsible_units"], [figure(target) for target in item["targets"]]
            got_targets = [figure(target) for target in got["targets"]]
            counted = (got["text"] == item["text"], hits(units, got["responsible_units"]), hits(targets, got_targets))
            found = tuple(map(sum, zip(found, counted, strict=True)))
            wanted = tuple(map(sum, zip(wanted, (1, len(units), len(targets)), strict=True)))

    with capsys.disabled():
        shares = [f"{had}/{all_}" for had, all_ in zip(found, wanted, strict=True)]
        print("\nplans imported: exact text {}, responsible units {}, numeric targets {}".format(*shares))
    assert wanted == (shelf.items, shelf.units, shelf.targets)
    assert found[0] / wanted[0] >= 0.95
    assert found[1] / wanted[1] >= 0.95
    assert found[2] / wanted[2] >= 0.90


@pytest.mark.parametrize("which", [0, 1])
def test_a_document_that_is_no_plan_is_refused(projects: ProjectsHub, shelf: Shelf, which: int) -> None:
    with projects.refuses("NOT_A_PLAN", "text"):
        projects.ask("import_plan", text=shelf.paper(shelf.no_plans[which]), public=True)


def test_a_document_that_is_no_plan_is_doubted_in_the_preview(projects: ProjectsHub, shelf: Shelf) -> None:
    preview = projects.ask("preview_plan", text=shelf.paper(shelf.no_plans[0]))

    assert (preview["is_plan"], preview["items"]) == (False, [])
    assert preview["doubts"][0]["code"] == "not_a_plan"


def test_a_real_plan_that_is_imported_again_changes_nothing(projects: ProjectsHub, shelf: Shelf) -> None:
    text = shelf.paper(shelf.plan)
    plan = projects.ask("import_plan", text=text, public=True)
    projects.rest()
    before = projects.contents()

    assert projects.ask("import_plan", text=text.replace("\n", "\r\n"), public=True) == plan
    assert projects.contents() == before


def test_a_longer_text_than_is_read_is_refused(projects: ProjectsHub, shelf: Shelf) -> None:
    with pytest.raises(Refused) as refused:
        projects.ask("import_plan", text=shelf.paper(shelf.plan) * 1000, public=True)

    assert [problem["code"] for problem in refused.value.problems] == ["TOO_LONG"]
