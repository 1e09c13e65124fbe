"""App: the hub's pages as routes in front of the gateway. Start reading here.

A request comes to `Console.answer`: its cookie says who comes, its form must be ours, then the screen shows or does what it is
for, and whatever stops it becomes a page that leads on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from console.answers import AWAY, BUDGET_SPENT, REFUSED, SIGN_IN, Stop, Trouble
from console.assets import Assets
from console.catalogue import SCREENS
from console.forms import read_form
from console.guarding import HEADERS, is_our_form, local
from console.languages import choose, remember
from console.oidc.at_issuer import Renewed
from console.screen import Address, Screen
from console.setup import Setup
from console.visit import Visit
from gateway.protocol.faults import incident_of
from gateway.protocol.sending import shortened
from gateway.viewer import Identity, InvalidToken, IssuerUnavailable

TROUBLES: Mapping[str, tuple[str, int]] = {
    **dict.fromkeys((SIGN_IN, *REFUSED), ("forbidden", 403)),
    **dict.fromkeys(AWAY, ("away", 503)),
    BUDGET_SPENT: ("away", 429),
    "INTERNAL": ("away", 500),
    "FOREIGN_FORM": ("foreign_form", 403),
    "FORM_TOO_LARGE": ("form_unreadable", 413),
    "FORM_UNREADABLE": ("form_unreadable", 400),
}
"""What a page says where there is nothing to show, and its HTTP status."""
NOT_THERE = ("unknown", 404)
"""For all else: an id that means nothing, or something that is not open to the viewer."""


def console_routes(setup: Setup, assets: Assets) -> Sequence[BaseRoute]:
    """Every page of the console."""
    console = Console(setup)
    by_path: dict[str, dict[str, tuple[Screen, Address]]] = defaultdict(dict)
    for screen in SCREENS:
        for address in screen.addresses():
            by_path[address.path][address.method] = (screen, address)
    return [assets.route(), *(_route(console, path, found) for path, found in by_path.items())]


def _route(console: Console, path: str, by_method: Mapping[str, tuple[Screen, Address]]) -> Route:
    async def endpoint(request: Request) -> Response:
        return await console.answer(request, *by_method["GET" if request.method == "HEAD" else request.method])

    return Route(path, endpoint, methods=list(by_method))


class Console:
    """Answers every request to a page."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup

    async def answer(self, request: Request, screen: Screen, address: Address) -> Response:
        identity, renewed = await self._who(request)
        locale = choose(request, identity)
        visit = Visit(request, screen, address, self._setup, identity, locale, self._setup.clock.now())
        response = await self._responded(visit)
        remember(request, response, secure=self._setup.secure)
        if renewed and not self._setup.sessions.is_settled(response):  # signing out ends what goes on, too
            renewed.keep(response)
        for_all = identity is None  # what one person sees is to tell nothing by its length
        return shortened(request, response) if for_all and isinstance(response, HTMLResponse) else response

    async def _responded(self, visit: Visit) -> Response:
        if visit.identity is None and not visit.address.public:
            return _to_sign_in(visit)
        try:
            if visit.address.method == "POST":
                await self._take_form(visit)
            return await visit.address.handler(visit)
        except Stop as stop:
            return _stopped(visit, stop.trouble)
        except ClientDisconnect:
            return Response(status_code=400)  # which nobody reads
        except Exception as error:  # noqa: BLE001 - the edge: a bug is logged once, and its page has the incident id
            fault = incident_of(error)
            return _stopped(visit, Trouble(fault.code, fault.text(visit.locale)))

    async def _take_form(self, visit: Visit) -> None:
        """Raises Stop for a form that no page of ours has sent, or that cannot be read."""
        if not is_our_form(visit.request, self._setup.origin):
            raise Stop(Trouble("FOREIGN_FORM", ""))
        visit.form = await read_form(visit.request, visit.address.largest)

    async def _who(self, request: Request) -> tuple[Identity | None, Renewed | None]:
        """Who is signed in, and the session that goes on; nobody where it has ended, or was ended."""
        token, issuer, identity = self._setup.sessions.read(request), self._setup.way.issuer, None
        if token is None:
            return None, None
        try:
            identity = await self._setup.executor.known(token)
        except InvalidToken as refused:
            if refused.reason != "expired":
                return None, None
        except IssuerUnavailable:
            return None, None
        renewed = await issuer.renewed(request, identity, self._setup.executor) if issuer else None
        return (renewed.identity, renewed) if renewed else (identity, None)


def _to_sign_in(visit: Visit) -> Response:
    """To the page of signing in, and back from there; what a form asked for is asked for anew."""
    path = visit.back if visit.request.method == "POST" else f"{visit.path}?{visit.request.url.query}".rstrip("?")
    query = urlencode({"next": local(path)})
    return RedirectResponse(f"/sign-in?{query}", 303, HEADERS)


def _stopped(visit: Visit, trouble: Trouble) -> Response:
    """A page that says why there is nothing to show, and leads on."""
    code = trouble.code
    if code == SIGN_IN and visit.identity is None:
        return _to_sign_in(visit)
    kind, status = TROUBLES.get(code, NOT_THERE)
    html = visit.setup.rendering.page(visit, "trouble.html", {"kind": kind, "message": trouble.message})
    return HTMLResponse(html, status, HEADERS)
