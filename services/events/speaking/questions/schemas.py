"""How a question looks: to those who asked and to the organisers as it was asked, to everybody else without the asker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.events.speaking.questions.model import Answer, Question

WITHHELD = ("organization_id", "province", "remark")
"""What everybody is not told of a question that is public."""


def question_view(concerns: Callable[..., bool]) -> Callable[[Question], dict[str, Any]]:
    """How each looks to a viewer whom those concern that have these keys."""
    return lambda each: {
        "id": each.id,
        "competition_id": each.edition_id,
        "track_id": each.track_id,
        "status": each.status,
        "public": each.is_public,
        "answer": each.answer,
        "answered_at": each.answered_at,
        "created_at": each.created_at,
        "wording": each.wording,
        **(_own(each) if concerns(**each.keys) else _public(each)),
    }


def _own(each: Question) -> dict[str, Any]:
    return {"text": each.text, **each.askers, "remark": each.remark or None}


def _public(each: Question) -> dict[str, Any]:
    return {"text": each.wording or each.text, **dict.fromkeys(WITHHELD)}


def answer_view(answer: Answer) -> dict[str, Any]:
    return {
        "question_id": answer.question_id,
        "number": answer.number,
        "text": answer.text,
        "given_at": answer.given_at,
    }
