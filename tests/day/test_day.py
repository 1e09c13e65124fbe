"""A day of forty tasks, by the people named and the queries of the handbooks, on both ways to run."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from gateway.schema import graphql_schema
from tests.day import frontend, lacking, office, organiser, representative, secretariat
from tests.day.stage import Day, table
from tests.day.world import prepare
from tests.handbook.pages import DOCS
from tests.running.processes import RunningHub

TASKS = (
    *secretariat.TASKS,
    *organiser.MORNING,
    *representative.TASKS,
    *organiser.AFTERNOON,
    *office.TASKS,
    *frontend.TASKS,
)
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


@pytest.mark.timeout(900)
def test_a_day_of_forty_tasks(hub: RunningHub, record_property: Callable[[str, object], None]) -> None:
    day = Day(hub)
    world = prepare(day)
    prepared = day.seconds()
    played = [day.carry_out(task, world) for task in TASKS]
    record_property(
        "figures",
        f"{day.seconds():.1f} s, {prepared:.1f} s of them for what stands in the morning; {table(played, lacking.said())}",
    )
    assert len(played) >= 40
    assert all(each.calls for each in played)


@pytest.mark.parametrize("section", sorted({task.section for task in TASKS}))
def test_every_task_names_a_section_that_is_there(section: str) -> None:
    page, _, anchor = section.partition("#")
    headings = HEADING.findall((DOCS / page).read_text(encoding="utf-8"))

    assert anchor in {_anchor(heading) for heading in headings}


def _anchor(heading: str) -> str:
    """As GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def test_what_cannot_be_done_yet_has_no_word_in_the_schema() -> None:
    schema = graphql_schema()
    words = {name for type_ in schema.type_map.values() for name in getattr(type_, "fields", {})}

    done_after_all = [lack.title for lack in lacking.NOT_YET if words & set(lack.words)]

    assert done_after_all == []
