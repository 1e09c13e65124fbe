"""The document of a result: one spelling, one digest, and nothing in public that the rules do not show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.documents.digest import digest
from services.events.judging.results.document import (
    About,
    canonical,
    name_shown,
    places_stand,
    public_document,
    whole_document,
)
from services.events.judging.results.rows import Row, read_row, written
from services.events.judging.results.rules import Names
from tests.services.events.judging.results.rankings import rankings, scored

CUT = {"take": "count", "value": "2", "per": "track", "rounding": "down", "at_least": 0, "ties": "all"}


def about(**shown: Any) -> About:
    rules = {"cut": CUT, "names": "masked", "scores": True, **shown}
    return About(
        competition={"id": "c", "zh": "大赛", "en": "Contest", "edition": 14},
        track={"id": "t", "zh": "小学组", "en": "Primary"},
        round={"id": "r", "zh": "省赛", "en": "Province", "number": 1},
        stage="s",
        number=1,
        supersedes=None,
        rules={"version": 1, "digest": "0" * 64, "results": {"shown": rules}, "scoring": {}},
        evidence={},
        salt="5a17",
    )


def test_the_public_document_shows_what_the_rules_show_and_names_the_whole_by_its_digest() -> None:
    whole = whole_document(about(), scored("90.5", "80", "70"))

    public = public_document(whole)

    assert public["whole"] == digest(whole)
    assert public["rows"] == [
        {
            "entry": entry,
            "place": place,
            "code": f"C{entry}",
            "score": score,
            "organization": {"id": "a", "zh": "a学校", "en": "School a"},
            "province": "310000",
            "contestant": "选**",
        }
        for entry, place, score in (("1", 1, "90.5"), ("2", 2, "80"))
    ]
    assert not {"evidence", "salt"} & set(public)


def test_scores_stay_out_of_the_public_document_where_the_rules_say_so() -> None:
    public = public_document(whole_document(about(scores=False), scored("90")))

    assert "score" not in public["rows"][0]
    assert "90" not in canonical({"rows": public["rows"]})


@pytest.mark.parametrize(("names", "shown"), [(Names.PLAIN, "李小明"), (Names.MASKED, "李**"), (Names.NONE, "")])
def test_names_are_shown_as_the_rules_say(names: Names, shown: str) -> None:
    assert name_shown("李小明", names) == shown


@given(rankings)
def test_rows_are_read_as_they_were_written(rows: list[Row]) -> None:
    assert [read_row(written(row)) for row in rows] == rows


@given(rankings, st.data())
def test_the_digest_changes_with_any_row_even_one_that_is_not_shown(rows: list[Row], data: st.DataObject) -> None:
    if not rows:
        return
    changed = data.draw(st.integers(0, len(rows) - 1))
    others = [replace(row, tie="lot") if place == changed else row for place, row in enumerate(rows)]

    one, other = (public_document(whole_document(about(), each)) for each in (rows, others))

    assert digest(one) != digest(other)
    assert digest(one) == digest(dict(reversed(one.items())))


@given(rankings)
def test_places_of_a_ranking_stand(rows: list[Row]) -> None:
    assert places_stand([row.place for row in rows])


@pytest.mark.parametrize("places", [[2], [1, 3], [1, 2, 2, 3], [1, None, 2], [1, 1, 1, 3]])
def test_places_that_no_ranking_gives_do_not_stand(places: list[int | None]) -> None:
    assert not places_stand(places)
