"""Asked: many questions in one call, each answered or refused by itself, as if each had been a call of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from contracts.base import Refusal


def each_answered(answer: Callable[..., Any], questions: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each question what `answer` gives for its arguments: {answer, problems}, in the order of the questions."""
    return [_answered(answer, question) for question in questions]


def _answered(answer: Callable[..., Any], question: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"answer": answer(**question), "problems": []}
    except Refusal as refusal:
        return {"answer": None, "problems": refusal.problems()}
