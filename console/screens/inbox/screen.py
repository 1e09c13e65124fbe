"""Inbox: the notices that somebody was sent, each with why, and where to go on from there."""

from __future__ import annotations

from starlette.responses import Response

from console.screen import Screen
from console.visit import Visit

screen = Screen("inbox")


@screen.shows("/inbox")
async def inbox(visit: Visit) -> Response:
    unread = True if visit.query("unread") else None
    told = await visit.ask("Inbox", unread=unread, after=visit.query("after"))
    return visit.page("page.html", notices=told.need("notices"), unread=unread)


@screen.shows("/inbox/unread", public=True)
async def count(visit: Visit) -> Response:
    """The figure beside the inbox in the navigation, asked for by every page; nothing once a session has ended."""
    notices = (await visit.ask("Unread"))["notices"] if visit.identity else None
    return visit.page("unread.html", unread=notices["unreadCount"] if notices else 0)


@screen.does("/inbox/{id}/read", back="/inbox")
async def mark_read(visit: Visit) -> Response:
    (await visit.do("MarkNoticeRead", noticeId=visit.part("id"))).need()
    return visit.go("/inbox", **_which(visit), said="read")


@screen.does("/inbox/read", back="/inbox")
async def mark_all_read(visit: Visit) -> Response:
    (await visit.do("MarkAllRead")).need()
    return visit.go("/inbox", said="all_read")


def _which(visit: Visit) -> dict[str, str]:
    return {"unread": "1"} if visit.typed("unread") else {}
