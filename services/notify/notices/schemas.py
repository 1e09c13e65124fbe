"""How a notice looks from outside, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.notify.notices.model import Notice
from services.notify.rules.table import render
from services.notify.telling.facts import Fact
from services.notify.telling.gathered import with_more
from services.notify.telling.reasons import why


def notice_stub(locale: str) -> Callable[[Notice, str], dict[str, Any]]:
    """What is shown of a notice that cannot be rendered, with the number of the incident."""
    english = locale == "en"
    title = "This notice cannot be shown" if english else "此通知无法显示"
    body = "Tell the hub office its number: {}" if english else "请将编号告知枢纽办公室：{}"

    def stub(notice: Notice, incident: str) -> dict[str, Any]:
        about = notice.announcement
        return {
            "id": notice.id,
            "rule": notice.rule,
            "title": title,
            "body": body.format(incident),
            "why": "",
            "subject_type": about.subject_type,
            "subject_id": about.subject_id,
            "happened_at": about.time,
            "created_at": notice.created_at,
            "read_at": notice.read_at,
            "more": notice.more,
        }

    return stub


def notice_view(locale: str, names: Mapping[str, Fact]) -> Callable[[Notice], dict[str, Any]]:
    """How a notice looks in this language, with the names of persons by their accounts."""

    def view(notice: Notice) -> dict[str, Any]:
        announcement = notice.announcement
        said = with_more(render(notice.rule, locale, announcement.facts, names), locale, notice.more)
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
            "more": notice.more,
        }

    return view
