"""Accuracy: how much of what a careful reader found in three plans the plan reader finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest

from services.projects.planning.plans.reading import DoubtCode, Item, Reading, Target, read_plan
from tests.services.projects.planning.plans.shelves import BOTH, Shelf, hits


@dataclass(frozen=True)
class Compared:
    """One document: what the careful reader wrote down, and our reading of the same text."""

    expected: dict[str, Any]
    reading: Reading

    def pairs(self) -> Iterator[tuple[dict[str, Any], Item | None]]:
        by_line = {item.lines[0]: item for item in self.reading.items}
        for item in self.expected["items"]:
            yield item, by_line.get(item["source_lines"][0])


@pytest.fixture(scope="module", params=BOTH)
def shelf(request: pytest.FixtureRequest) -> Shelf:
    found: Shelf = request.param
    return found


@pytest.fixture(scope="module")
def compared(shelf: Shelf) -> list[Compared]:
    return [Compared(document, read_plan(shelf.paper(document["source_file"]))) for document in shelf.documents()]


def expected_figure(target: dict[str, Any]) -> tuple[Any, ...]:
    high = target.get("value_max")
    value, value_max = Decimal(str(target["value"])), None if high is None else Decimal(str(high))
    inferred = target["comparator_basis"] == "inferred"
    figure = (target["comparator"], inferred, value, value_max, target["unit"])
    return (*figure, target["due_year"], target["frequency"])


def read_figure(target: Target) -> tuple[Any, ...]:
    figure = (target.comparator, target.comparator_inferred, target.value, target.value_max, target.unit)
    return (*figure, target.due_year, target.frequency)


def test_the_three_plans_are_read_as_a_careful_reader_reads_them(
    compared: list[Compared], shelf: Shelf, capsys: pytest.CaptureFixture[str]
) -> None:
    items = units = targets = 0
    all_items = all_units = all_targets = 0

    for document in compared:
        for wanted, found in document.pairs():
            figures = [expected_figure(target) for target in wanted["targets"]]
            all_items, all_units, all_targets = (
                all_items + 1,
                all_units + len(wanted["responsible_units"]),
                all_targets + len(figures),
            )
            if found is None:
                continue
            items += found.text == wanted["text"]
            units += hits(wanted["responsible_units"], list(found.responsible_units))
            targets += hits(figures, [read_figure(target) for target in found.targets])

    with capsys.disabled():
        print(
            f"\nplan reading: exact text {items}/{all_items}, responsible units {units}/{all_units}, "
            f"numeric targets {targets}/{all_targets}"
        )
    assert all_items == shelf.items
    assert items / all_items >= 0.95
    assert units / all_units >= 0.95
    assert targets / all_targets >= 0.90


def test_nothing_is_read_that_a_careful_reader_did_not_find(compared: list[Compared], shelf: Shelf) -> None:
    lines = [{item["source_lines"][0] for item in document.expected["items"]} for document in compared]

    surplus_items = [
        (item.kind.value, item.lines)
        for document, known in zip(compared, lines, strict=True)
        for item in document.reading.items
        if item.lines[0] not in known
    ]
    found_units = sum(len(item.responsible_units) for document in compared for item in document.reading.items)
    found_targets = sum(len(item.targets) for document in compared for item in document.reading.items)

    assert surplus_items == shelf.surplus
    assert found_units == shelf.units
    assert found_targets == shelf.targets


def test_sections_kinds_and_numbers_are_those_of_the_documents(compared: list[Compared]) -> None:
    for document in compared:
        titled = [section for section in document.expected["sections"] if section["title"]]
        pairs = [(wanted, found) for wanted, found in document.pairs() if found is not None]

        assert [(section.title, section.line) for section in document.reading.sections] == [
            (section["title"], section["source_line"]) for section in titled
        ]
        assert [(found.kind.value, found.number, found.lines[1]) for _, found in pairs] == [
            (wanted["kind"], wanted["source_number"], wanted["source_lines"][-1]) for wanted, _ in pairs
        ]


def test_every_quote_is_a_verbatim_piece_of_its_item(compared: list[Compared]) -> None:
    items = [item for document in compared for item in document.reading.items]

    assert [item.key for item in items for target in item.targets if target.quote not in item.text] == []


def test_keys_are_unique_and_parents_and_sections_exist(compared: list[Compared]) -> None:
    for document in compared:
        sections = [section.key for section in document.reading.sections]
        items = [item.key for item in document.reading.items]

        assert len(set(sections + items)) == len(sections) + len(items)
        assert {item.parent for item in document.reading.items} <= {None, *items}
        assert {item.section for item in document.reading.items} <= {None, *sections}


def test_the_front_of_each_document_is_read(compared: list[Compared], shelf: Shelf) -> None:
    fronts = [
        (reading.title, reading.issuer, reading.year, reading.document_number)
        for reading in (document.reading for document in compared)
    ]

    assert fronts == shelf.fronts


def test_the_oddities_of_the_work_points_are_doubted(compared: list[Compared], shelf: Shelf) -> None:
    doubts = [(doubt.code, doubt.item, doubt.line) for doubt in compared[0].reading.doubts]

    assert doubts == shelf.doubts


@pytest.mark.parametrize("which", [0, 1])
def test_a_news_column_and_a_news_report_are_no_plans(shelf: Shelf, which: int) -> None:
    reading = read_plan(shelf.paper(shelf.no_plans[which]))

    assert (reading.is_plan, reading.sections, reading.items) == (False, (), ())
    assert [doubt.code for doubt in reading.doubts] == [
        DoubtCode.NOT_A_PLAN,
        DoubtCode.NO_ITEMS,
        DoubtCode.NO_PLAN_WORDING,
    ]
