"""Rendering: a row that cannot be shown costs nobody else anything, and operators find it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy.exc import InvalidRequestError
from structlog.testing import capture_logs

from contracts.base import Refusal
from contracts.refusals import NotFound
from kit.data.paging import Page
from kit.data.rendering import rendered


@dataclass
class Thing:
    id: str


GOOD, BAD, LAST = Thing("good"), Thing("bad"), Thing("last")


def view(thing: Thing) -> dict[str, Any]:
    if thing is BAD:
        raise OverflowError("date value out of range")
    return {"id": thing.id}


def test_a_row_that_fails_is_left_out_and_logged_once_under_a_number() -> None:
    with capture_logs() as logged:
        page = Page([GOOD, BAD, LAST], ["1", "2", "3"], has_next=True).view(view)

    [incident] = page["incidents"]
    assert page == {
        "nodes": [{"id": "good"}, {"id": "last"}],
        "cursors": ["1", "3"],
        "has_next": True,
        "incidents": [incident],
        "end": "3",
    }
    assert [(line["event"], line["kind"], line["row"], line["incident"]) for line in logged] == [
        ("a row cannot be shown", "Thing", "bad", incident)
    ]


def test_a_page_of_nothing_but_bad_rows_says_where_the_next_one_begins() -> None:
    page = Page([BAD], ["2"], has_next=True).view(view)

    assert (page["nodes"], page["cursors"], page["end"]) == ([], [], "2")


def test_a_page_without_a_bad_row_is_what_it_was() -> None:
    assert Page([GOOD], ["1"], has_next=False).view(view) == {
        "nodes": [{"id": "good"}],
        "cursors": ["1"],
        "has_next": False,
    }


def test_a_stub_stands_in_the_place_of_a_bad_row() -> None:
    shown = rendered([BAD, GOOD], view, lambda thing, incident: {"id": thing.id, "incident": incident})

    assert [sorted(each) for each in shown] == [["id", "incident"], ["id"]]


@pytest.mark.parametrize("fault", [NotFound("id"), InvalidRequestError("lazy")], ids=["refusal", "database"])
def test_what_is_no_fault_of_the_row_ends_the_call(fault: Exception) -> None:
    def failing(_: Thing) -> dict[str, Any]:
        raise fault

    with pytest.raises((Refusal, InvalidRequestError)):
        rendered([GOOD], failing)
