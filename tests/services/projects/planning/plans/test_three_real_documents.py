"""Three real documents go through the service and come out as a careful reader wrote them down; two are refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.services.projects.projects_hub import VISITOR, ProjectsHub, Refused

SHARED = Path(__file__).parents[5].parent / "shared"


def seed(name: str) -> str:
    return (SHARED / "seeds" / name).read_text("utf-8")


def careful_reading() -> list[dict[str, Any]]:
    text = (SHARED / "domain/workpoints.yaml").read_text("utf-8")
    documents: list[dict[str, Any]] = yaml.safe_load(text)["documents"]
    return documents


def hits(wanted: Iterable[Any], found: Iterable[Any]) -> int:
    """How many of the wanted are among the found, each found one counted once."""
    left = list(found)
    count = 0
    for one in wanted:
        if one in left:
            left.remove(one)
            count += 1
    return count


def figure(target: dict[str, Any]) -> tuple[Any, ...]:
    """What a target sets, without the words: comparator, values, unit, year, frequency."""
    inferred = target.get("comparator_basis") == "inferred" or target.get("comparator_inferred", False)
    values = (float(target["value"]), None if target.get("value_max") is None else float(target["value_max"]))
    return (target["comparator"], inferred, *values, target["unit"], target["due_year"], target["frequency"])


def imported(projects: ProjectsHub, source_file: str) -> dict[int, dict[str, Any]]:
    """The items of a document that was imported, by their first source line, as the public reads them."""
    plan = projects.ask("import_plan", text=seed(source_file), public=True)
    items = projects.ask("work_items", VISITOR, plan_id=plan["id"], first=100)["nodes"]
    targets = projects.ask("targets", VISITOR, item_ids=[item["id"] for item in items])
    for item in items:
        item["targets"] = [target for target in targets if target["item_id"] == item["id"]]
    return {item["line"]: item for item in items}


def test_three_plans_are_imported_as_a_careful_reader_read_them(
    projects: ProjectsHub, capsys: pytest.CaptureFixture[str]
) -> None:
    found = wanted = (0, 0, 0)

    for document in careful_reading():
        by_line = imported(projects, document["source_file"])
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
    assert wanted[0] > 100 and wanted[1] > 100 and wanted[2] > 30
    assert found[0] / wanted[0] >= 0.95
    assert found[1] / wanted[1] >= 0.95
    assert found[2] / wanted[2] >= 0.90


@pytest.mark.parametrize("name", ["002_73931f335e44636c.txt", "003_cde55443ffa5dbac.txt"])
def test_a_document_that_is_no_plan_is_refused(projects: ProjectsHub, name: str) -> None:
    with projects.refuses("NOT_A_PLAN", "text"):
        projects.ask("import_plan", text=seed(name), public=True)


def test_a_document_that_is_no_plan_is_doubted_in_the_preview(projects: ProjectsHub) -> None:
    preview = projects.ask("preview_plan", text=seed("002_73931f335e44636c.txt"))

    assert (preview["is_plan"], preview["items"]) == (False, [])
    assert preview["doubts"][0]["code"] == "not_a_plan"


def test_a_real_plan_that_is_imported_again_changes_nothing(projects: ProjectsHub) -> None:
    text = seed("000_c79254e2c6817dbb.txt")
    plan = projects.ask("import_plan", text=text, public=True)
    before = projects.contents()

    assert projects.ask("import_plan", text=text.replace("\n", "\r\n"), public=True) == plan
    assert projects.contents() == before


def test_a_longer_text_than_is_read_is_refused(projects: ProjectsHub) -> None:
    with pytest.raises(Refused) as refused:
        projects.ask("import_plan", text=seed("000_c79254e2c6817dbb.txt") * 200, public=True)

    assert [problem["code"] for problem in refused.value.problems] == ["TOO_LONG"]
