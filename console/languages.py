"""Languages: in which one a page is shown: the one chosen on any page, else the person's own, else the browser's."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from gateway.locale import Locale, negotiate
from gateway.viewer import Identity

COOKIE = "hub_language"
CHOSEN = "lang"
YEAR = 31_536_000  # seconds
OTHER: dict[Locale, Locale] = {"zh-CN": "en", "en": "zh-CN"}


def choose(request: Request, identity: Identity | None) -> Locale:
    return (
        _known(request.query_params.get(CHOSEN))
        or _known(request.cookies.get(COOKIE))
        or negotiate(request.headers.get("accept-language"), identity.locale if identity else None)
    )


def remember(request: Request, response: Response, *, secure: bool) -> None:
    """Whoever has chosen a language by the address of a page keeps it."""
    if chosen := _known(request.query_params.get(CHOSEN)):
        response.set_cookie(COOKIE, chosen, YEAR, path="/", secure=secure, httponly=True, samesite="lax")


def _known(language: str | None) -> Locale | None:
    return language if language in ("zh-CN", "en") else None  # type: ignore[return-value]
