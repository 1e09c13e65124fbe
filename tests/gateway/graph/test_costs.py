"""What an operation costs: a field that asks a service is dearer than one that shows what is there, a command more so."""

from __future__ import annotations

import pytest

from gateway.protocol.documents import Document, Documents
from gateway.protocol.limits import Limits
from gateway.schema import graphql_schema

LIMITS = Limits()
CALL, COMMAND = LIMITS.call, LIMITS.command


def cost(text: str) -> float:
    document = Documents(graphql_schema()).read(text)
    assert isinstance(document, Document), document
    [operation] = document.operations.values()
    return operation.cost({}, LIMITS.page)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{ viewer { id } }", 1 + 1),
        ("{ viewer { grants { role } } }", 1 + CALL + LIMITS.entries),
        ("{ alliances(first: 2) { nodes { name } } }", CALL + 2 * (1 + 1)),
        ("{ alliances(first: 2) { nodes { members(first: 3) { nodes { id } } } } }", CALL + 2 * (1 + CALL + 3 * 2)),
        (
            '{ memberships(first: 2, alliance: "x") { nodes { statusOn(day: "2026-03-02") { status } } } }',
            5 + 2 * (2 + CALL),
        ),
        ('mutation { startReview(input: {membershipId: "x"}) { problems { code } } }', COMMAND + 1 + LIMITS.entries),
        ("subscription { noticeReceived { id } }", CALL + 1),
    ],
)
def test_a_field_costs_what_it_asks_for(text: str, found: int) -> None:
    assert cost(text) == found
