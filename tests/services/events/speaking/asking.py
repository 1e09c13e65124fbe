"""Builders: an institution that asks, and what it asks."""

from __future__ import annotations

from typing import Any

from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import EventsHub

ASKER = "asker"
TEXT = "黄山学院的队伍可以提前到吗？"


def asked(events: EventsHub, edition: str, organization: str, **facts: Any) -> str:
    """The id of a question that ASKER has asked."""
    given = {"competition_id": edition, "organization_id": organization, "text": TEXT, **facts}
    return str(events.ask("ask_question", ASKER, **given)["id"])


def answered(events: EventsHub, question: str, text: str = "可以。") -> dict[str, Any]:
    given: dict[str, Any] = events.ask("answer_question", ORGANIZER, question_id=question, text=text)
    return given


def listed(events: EventsHub, edition: str, viewer: str, **which: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = events.ask("questions", viewer, competition_id=edition, **which)["nodes"]
    return found
