"""How a notice looks from outside, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.notify.notices.model import Notice
from services.notify.rules.table import render
from services.notify.telling.reasons import why


def notice_view(locale: str) -> Callable[[Notice], dict[str, Any]]:
    """How a notice looks in this language."""

    def view(notice: Notice) -> dict[str, Any]:
        announcement = notice.announcement
        said = render(notice.rule, locale, announcement.facts)
        return {
            "id": notice.id,
            "rule": notice.rule,
            "title": said.title,
            "body": said.body,
            "why": why(notice.reason, locale),
            "subject_type": announcement.subject_type,
            "subject_id": announcement.subject_id,
            "happened_at": announcement.time,
            "created_at": notice.created_at,
            "read_at": notice.read_at,
        }

    return view
