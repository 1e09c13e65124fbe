"""Schema changes: what a frontend would miss is told unless it has a reason, or was deprecated a release before."""

from __future__ import annotations

import pytest

from gateway.schema import printed
from hub.schema_changes import Changes, changes, changes_since_release

RELEASED = """
type Query { kept: String gone: String leaving: String @deprecated(reason: "use kept") asked(by: ID): Kind }
enum Kind { OLD FADING @deprecated(reason: "use OLD") }
input Given { name: String }
"""


def without(*pieces: str) -> str:
    text = RELEASED
    for piece in pieces:
        assert piece in text
        text = text.replace(piece, "")
    return text


@pytest.mark.parametrize(
    ("current", "breaks"),
    [
        (RELEASED, []),
        (RELEASED + "type More { here: ID }", []),
        (without(' leaving: String @deprecated(reason: "use kept")'), []),
        (without(' FADING @deprecated(reason: "use OLD")'), []),
        (without("gone: String "), ["Query.gone was removed."]),
        (without("OLD "), ["OLD was removed from enum type Kind."]),
        (RELEASED.replace("kept: String", "kept: Int"), ["Query.kept changed type from String to Int."]),
        (RELEASED.replace("by: ID", "by: ID!"), ["Query.asked arg by has changed type from ID to ID!."]),
        (
            RELEASED.replace("name: String", "name: String more: ID!"),
            ["A required field more on input type Given was added."],
        ),
    ],
)
def test_what_a_frontend_would_miss_is_found(current: str, breaks: list[str]) -> None:
    assert changes(RELEASED, current, {}) == Changes(breaks, [])


def test_a_break_with_a_reason_is_allowed_and_a_reason_without_a_break_is_told() -> None:
    current = without("gone: String ")

    assert changes(RELEASED, current, {"Query.gone was removed.": "it never answered"}) == Changes([], [])
    assert changes(RELEASED, current, {"Query.gone was removed.": ""}).breaks == ["Query.gone was removed."]
    assert changes(RELEASED, RELEASED, {"Query.gone was removed.": "it never answered"}).idle == [
        "Query.gone was removed."
    ]


def test_the_schema_of_today_breaks_nothing_without_a_reason() -> None:
    assert list(changes_since_release(printed()).lines()) == []
