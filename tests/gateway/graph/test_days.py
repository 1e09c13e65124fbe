"""Days: a day is written in one way, for its other forms look like other numbers."""

from __future__ import annotations

from datetime import date

import pytest
from graphql import GraphQLError

from gateway.graph.times import Date


def test_a_day_is_written_with_hyphens() -> None:
    assert Date.parse_value("2028-02-29") == date(2028, 2, 29)


@pytest.mark.parametrize(
    "written", ["20261130", "2026-W48-1", "2026-11-31", "2026-11-30T00:00", "２０２６-11-30", " 2026-11-30", ""]
)
def test_every_other_form_is_refused(written: str) -> None:
    with pytest.raises(GraphQLError):
        Date.parse_value(written)
