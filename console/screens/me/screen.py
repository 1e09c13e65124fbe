"""Me: how somebody is told of things, and what the hub holds of them, in their own hands."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from console.answers import NOT_THERE, Done, Stop
from console.forms import Faults
from console.screen import Screen
from console.visit import Visit

screen = Screen("me")


@screen.shows("/me")
async def me(visit: Visit) -> Response:
    return await _page(visit)


@screen.does("/me/name", back="/me")
async def name(visit: Visit) -> Response:
    typed = {"nameZh": visit.typed("nameZh"), "nameEn": visit.typed("nameEn")}
    return await _shown(visit, "name", await visit.do("UpdateMe", **typed))


@screen.does("/me/contact", back="/me")
async def contact(visit: Visit) -> Response:
    locale, wants = visit.typed("locale"), bool(visit.typed("wantsEmail"))
    if locale not in visit.screen.library.in_(visit.locale).values("Language"):
        raise Stop(NOT_THERE)
    done = await visit.do("UpdateContact", address=visit.typed("address"), locale=locale, wantsEmail=wants)
    return await _shown(visit, "contact", done)


@screen.does("/me/confirm", back="/me")
async def confirm(visit: Visit) -> Response:
    return await _shown(visit, "confirm", await visit.do("ConfirmContact", code=visit.typed("code")))


@screen.does("/me/resend", back="/me")
async def resend(visit: Visit) -> Response:
    return await _shown(visit, "resend", await visit.do("ResendConfirmation"))


@screen.does("/me/export", back="/me")
async def export(visit: Visit) -> Response:
    record = (await visit.ask("Me")).need("me")
    return await _shown(visit, "export", await visit.do("AskPersonExport", personId=record["id"]))


@screen.shows("/me/calendar")
@screen.shows("/me/sessions")
async def ask(visit: Visit) -> Response:
    return visit.page("confirm.html", deed=visit.path.rpartition("/")[2], faults=Faults())


@screen.does("/me/calendar")
async def calendar(visit: Visit) -> Response:
    done = await visit.do("RenewMyCalendar")
    return _refused(visit, "calendar", done) if done.problems else visit.go("/me", said="calendar")


@screen.does("/me/sessions")
async def sessions(visit: Visit) -> Response:
    viewer = (await visit.ask("Me")).need("viewer")
    done = await visit.do("EndSessions", person=viewer["id"])
    return _refused(visit, "sessions", done) if done.problems else visit.go("/sign-in", said="out")


async def _shown(visit: Visit, deed: str, done: Done) -> Response:
    """The page again: with what was refused beside the form that asked for it, else with what was done."""
    return await _page(visit, deed, done) if done.problems else visit.go("/me", said=deed)


def _refused(visit: Visit, deed: str, done: Done) -> Response:
    return visit.page("confirm.html", 422, deed=deed, faults=Faults(done.problems))


async def _page(visit: Visit, deed: str = "", done: Done | None = None) -> Response:
    told = await visit.ask("Me")
    told.need("viewer")
    faults, none = Faults(done.problems if done else ()), Faults()
    said: dict[str, Any] = {"told": told, "deed": deed, "faults_of": lambda form: faults if form == deed else none}
    return visit.page("page.html", 422 if done else 200, **said)
