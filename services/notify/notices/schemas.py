"""How a notice looks from outside, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.notify.notices.facts import spoken
from services.notify.notices.model import Notice
from services.notify.notices.wording import render, why


def notice_view(locale: str) -> Callable[[Notice], dict[str, Any]]:
    """How a notice looks in this language."""

    def view(notice: Notice) -> dict[str, Any]:
        announcement = notice.announcement
        said = render(notice.rule, locale, spoken(announcement.facts, locale))
        return {
            "id": notice.id,
            "rule": notice.rule,
            "title": said.title,
            "body": said.body,
            "why": why(notice.role, locale),
            "subject_type": announcement.subject_type,
            "subject_id": announcement.subject_id,
            "happened_at": announcement.time,
            "created_at": notice.created_at,
            "read_at": notice.read_at,
        }

    return view
