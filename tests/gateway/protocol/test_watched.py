"""Watched: an operation is counted by the worst that came of it, and who leaves is no fault."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from gateway.metrics import OPERATIONS
from gateway.protocol.watched import outcome_of, watched


def counted(outcome: str) -> float:
    """How many queries have ended so."""
    OPERATIONS.labels("query", outcome)
    return next(
        sample.value
        for family in OPERATIONS.collect()
        for sample in family.samples
        if sample.name.endswith("_count") and sample.labels == {"type": "query", "outcome": outcome}
    )


@pytest.mark.parametrize(
    ("codes", "outcome"),
    [
        ([], "ok"),
        (["NOT_ALLOWED"], "refused"),
        (["NOT_ALLOWED", "UNAVAILABLE"], "unavailable"),
        (["TIMEOUT"], "unavailable"),
        (["UNAVAILABLE", "INTERNAL"], "failed"),
        ([None], "refused"),
    ],
)
def test_the_worst_error_is_the_outcome(codes: list[str | None], outcome: str) -> None:
    body: dict[str, Any] = {"errors": [{"extensions": {"code": code} if code else {}} for code in codes]}

    assert outcome_of(body if codes else {"data": {}}) == outcome


def test_who_leaves_is_counted_as_having_left() -> None:
    before = counted("cancelled"), counted("failed")

    with pytest.raises(asyncio.CancelledError), watched("query", None):
        raise asyncio.CancelledError

    assert (counted("cancelled"), counted("failed")) == (before[0] + 1, before[1])


def test_what_raises_is_a_bug() -> None:
    before = counted("failed")

    with pytest.raises(ValueError, match="no"), watched("query", None):
        raise ValueError("no")

    assert counted("failed") == before + 1
