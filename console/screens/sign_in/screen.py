"""Sign-in: as a persona of the demo, or at the issuer, and out again."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from console.answers import NOT_THERE, Stop
from console.guarding import HEADERS, local
from console.oidc.at_issuer import AtIssuer
from console.oidc.client import FAREWELL, LANDING, SignInFailed
from console.oidc.flight import HOME, Flight
from console.screen import Screen
from console.sessions import TooLarge
from console.visit import Visit
from gateway.viewer import Identity, InvalidToken, IssuerUnavailable
from kit.telemetry.logs import log

screen = Screen("sign_in")
FAILED = {
    "away": 503,
    "denied": 403,
    "lost": 400,
    "used": 400,
    "clock": 503,
    "not_accepted": 403,
    "too_large": 500,
}
"""The words for why nobody was signed in at the issuer, with the HTTP status of their page."""


@screen.shows("/sign-in", public=True)
async def show(visit: Visit) -> Response:
    next_ = visit.query("next") or ""
    if visit.identity and next_:
        return visit.go(next_)  # another tab has signed in meanwhile
    return _page(visit, next_)


@screen.does("/sign-in", public=True)
async def as_persona(visit: Visit) -> Response:
    way = visit.setup.way
    name = visit.typed("persona")
    if name not in {each.name for each in way.offered(visit.request)}:
        return _page(visit, visit.typed("next"), 422, fault="unknown")
    response = visit.go(local(visit.typed("next"), HOME))
    visit.setup.sessions.keep(response, way.token_of(name))
    return response


@screen.shows("/sign-in/issuer", public=True, back="/sign-in")
async def depart(visit: Visit) -> Response:
    """To the issuer, by a link: browsers follow no form to another site where the policy says form-action 'self'."""
    issuer = _issuer(visit)
    flight = Flight.begun(visit.query("next") or "")
    try:
        response = RedirectResponse(await issuer.client.departure(flight), 303, HEADERS)
    except SignInFailed as failed:
        return _failed(visit, failed.failure, flight)
    issuer.flights.keep(response, flight.text())
    return response


@screen.shows(LANDING, public=True, back="/sign-in")
async def land(visit: Visit) -> Response:
    """Back from the issuer, once: whatever comes of it, this flight is over."""
    issuer = _issuer(visit)
    flight = Flight.read(issuer.flights.read(visit.request))
    response = await _landed(visit, issuer, flight)
    issuer.flights.end(response)
    return response


async def _landed(visit: Visit, issuer: AtIssuer, flight: Flight | None) -> Response:
    if (
        flight is None
        or not flight.answers(visit.query("state"))
        or visit.query("iss") not in (None, issuer.client.issuer)
    ):
        return _failed(visit, "lost", flight)
    code, error = visit.query("code"), visit.query("error")
    if code is None or error:
        return _failed(visit, "denied" if error == "access_denied" else "away", flight)
    try:
        granted = await issuer.client.landed(code, flight)
        identity = await _known(visit, granted.bearer)
        response = visit.go(flight.next)
        issuer.keep(response, identity, granted)
    except SignInFailed as failed:
        return _failed(visit, failed.failure, flight)
    except TooLarge as large:
        log(__name__).error("nobody can sign in: the token is too large for a cookie", size=str(large))
        return _failed(visit, "too_large", flight)
    return response


async def _known(visit: Visit, bearer: str) -> Identity:
    """For whom the hub takes the token; raises SignInFailed where it does not."""
    try:
        return await visit.setup.executor.known(bearer)
    except IssuerUnavailable:
        raise SignInFailed("away") from None
    except InvalidToken as refused:
        raise SignInFailed.over(refused) from None


@screen.does("/sign-out", public=True, back="/sign-in")
async def sign_out(visit: Visit) -> Response:
    """Here at once; then the browser goes on to the issuer by itself, as it may not where a form is sent (form-action)."""
    issuer = visit.setup.way.issuer
    farewell = await issuer.client.farewell() if issuer else ""
    response = visit.page("out.html", farewell=farewell) if farewell else visit.go("/sign-in", said="out")
    if farewell:
        response.headers["refresh"] = f"0; url={farewell}"
    for each in (visit.setup.sessions, issuer):
        if each:
            each.end(response)
    return response


@screen.shows(FAREWELL, public=True)
async def signed_out(visit: Visit) -> Response:
    """Back from the issuer, who may be at home now."""
    return visit.go("/sign-in", said="out")


def _issuer(visit: Visit) -> AtIssuer:
    if visit.setup.way.issuer is None:
        raise Stop(NOT_THERE)
    return visit.setup.way.issuer


def _page(visit: Visit, next_: str, status: int = 200, *, fault: str = "") -> Response:
    personas = visit.setup.way.offered(visit.request)
    issuer = visit.setup.way.issuer is not None
    return visit.page("page.html", status, personas=personas, issuer=issuer, next=local(next_, HOME), fault=fault)


def _failed(visit: Visit, failure: str, flight: Flight | None) -> Response:
    """A page that says why, and leads to where it began."""
    return visit.page("failed.html", FAILED[failure], failure=failure, next=flight.next if flight else HOME)
