"""Routes: certificates for everybody who has a number: verification, PDF, credential, status list and public keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from contracts.certificate_numbers import read_number
from contracts.ids import is_id
from contracts.refusals import NotFound
from contracts.transfers import GatewayBusy, TooManyTransfers
from gateway.certificates.credential import profile
from gateway.certificates.fonts import FontLacks, FontMissing
from gateway.certificates.keys import CredentialKeys
from gateway.certificates.kinds import kinds_of
from gateway.certificates.page import PAGES, page
from gateway.certificates.page_words import State
from gateway.certificates.paper import Lines, Paper
from gateway.certificates.settings import CertificateSettings
from gateway.certificates.status_list import status_list
from gateway.context import Context
from gateway.protocol.media import locale_of
from gateway.rpc import Faulty, Refused
from gateway.transfers.rendering import Rendering
from kit.broker.bus import Unavailable
from kit.files.names import disposition
from kit.fonts.settings import FontSettings
from kit.settings import Settings
from kit.telemetry.logs import log

PAGES_KEPT = 64  # of about 80 kB; what a certificate says never changes
STATUS_AGE = 60  # seconds for which others may rely on a status list
OPEN = {"access-control-allow-origin": "*", "x-content-type-options": "nosniff"}  # verifiers run in browsers too
_STATUS: dict[State, int] = {"unknown": 404, "unprintable": 409, "away": 503}
"""Every other state is 200."""


def certificate_routes(
    settings: Settings, visit: Callable[[HTTPConnection], Context], rendering: Rendering
) -> list[BaseRoute]:
    """`visit` gives the context in which a visitor asks: certificates are asked for without a token."""
    given = settings.of(CertificateSettings).key
    keys = CredentialKeys(given, settings.home, settings.address)
    if given:
        keys.all_public()  # a file of no use is told of at the start, not when the first credential is fetched
    desk = _Desk(settings, visit, keys, rendering)
    return [
        Route("/verify", desk.ask),
        Route("/verify/{number}", desk.verify),
        Route("/certificates/{number}.pdf", desk.pdf),
        Route("/credentials/issuer", desk.issuer),
        Route("/credentials/keys/{thumbprint}", desk.key),
        Route("/credentials/status/{list_id}", desk.status),
        Route("/credentials/{number}", desk.credential),
        Route("/.well-known/jwks.json", desk.keys),
    ]


class _Desk:
    """Answers who asks about certificates. A number that cannot be one costs no call."""

    def __init__(
        self,
        settings: Settings,
        visit: Callable[[HTTPConnection], Context],
        keys: CredentialKeys,
        rendering: Rendering,
    ) -> None:
        self._address = settings.address
        self._fonts = settings.of(FontSettings)
        self._visit = visit
        self._keys = keys
        self._rendering = rendering
        self._print = lru_cache(maxsize=PAGES_KEPT)(_printed)

    async def ask(self, request: Request) -> Response:
        """A form for the number; the number that it sends is shown under its own address."""
        number = read_number(request.query_params.get("number", ""))
        if number:
            return RedirectResponse(f"/verify/{number}", status_code=303)
        return _page(request, "unknown" if "number" in request.query_params else "ask")

    async def verify(self, request: Request) -> Response:
        paper = await self._paper(request)
        return paper if isinstance(paper, Response) else _page(request, paper.state, paper)

    async def pdf(self, request: Request) -> Response:
        """The page to print; none of what does not hold (410, or 409 while it may hold again) or lacks a letter (409)."""
        paper = await self._paper(request)
        if isinstance(paper, Response):
            return paper
        if paper.state != "valid":
            return _page(request, paper.state, paper, status=409 if paper.state == "suspended" else 410)
        try:
            async with self._rendering.turn(request, None):
                address = f"{self._address}/verify/{paper.number}"
                printed = await run_in_threadpool(self._print, paper.lines, address=address, fonts=self._fonts)
        except FontLacks as error:
            log(__name__).error("a certificate could not be printed", number=paper.number, reason=str(error))
            return _page(request, "unprintable", paper, lacking=error.letters)
        except FontMissing as error:
            log(__name__).error("a certificate could not be printed", number=paper.number, reason=str(error))
            return _page(request, "away")
        except (GatewayBusy, TooManyTransfers):
            return _page(request, "away")
        headers = {"content-disposition": disposition(f"{paper.number}.pdf", "inline")}
        return Response(printed, media_type="application/pdf", headers=_headers() | headers)

    async def credential(self, request: Request) -> Response:
        """The credential, also of a withdrawn certificate: its status list says that it was revoked."""
        paper = await self._paper(request)
        if isinstance(paper, Response):
            return paper
        if paper.credential is None:
            return _page(request, paper.state, paper, status=404)
        return await self._signed(paper.credential(self._address), "no-store")

    async def status(self, request: Request) -> Response:
        list_id = request.path_params["list_id"]
        if not is_id(list_id):
            return _page(request, "unknown")
        rpc = self._visit(request).rpc
        revoked = await _answer(request, rpc.query("events", "revocations", competition_id=list_id))
        if revoked is None:
            return _page(request, "unknown")
        if isinstance(revoked, Response):
            return revoked
        return await self._signed(status_list(list_id, revoked, self._address), f"public, max-age={STATUS_AGE}")

    async def issuer(self, _request: Request) -> Response:
        return JSONResponse(profile(self._address), headers=OPEN)

    async def keys(self, _request: Request) -> Response:
        keys = await run_in_threadpool(self._keys.all_public)
        return JSONResponse({"keys": keys}, media_type="application/jwk-set+json", headers=OPEN)

    async def key(self, request: Request) -> Response:
        """The one key that the `kid` of a credential leads to."""
        key = await run_in_threadpool(self._keys.public, request.path_params["thumbprint"])
        if key is None:
            return _page(request, "unknown")
        return JSONResponse(key, media_type="application/jwk+json", headers=OPEN)

    async def _signed(self, payload: dict[str, Any], cached: str) -> Response:
        signed = await run_in_threadpool(self._keys.sign, payload)
        return Response(signed, media_type="application/vc+jwt", headers={**OPEN, "cache-control": cached})

    async def _paper(self, request: Request) -> Paper | Response:
        """The certificate of the number in the address, or the answer that there is none."""
        number = read_number(request.path_params["number"])
        if number is None:
            return _page(request, "unknown")
        rpc, away = self._visit(request).rpc, None
        for kind in kinds_of(number):
            found = await _answer(request, kind.ask(rpc, number))
            if isinstance(found, Paper):
                return found
            away = away or found
        return cast(Response | None, away) or _page(request, "unknown")


def _printed(lines: Lines, *, address: str, fonts: FontSettings) -> bytes:
    # what draws takes 40 MB and half a second to import, and most gateways print nothing for hours
    from gateway.certificates.pdf import certificate_pdf  # noqa: PLC0415

    return certificate_pdf(lines, address=address, fonts=fonts)


async def _answer(request: Request, asked: Any) -> Any:
    """What the service says, nothing where it knows of nothing, or the page that says why there is no answer."""
    try:
        return await asked
    except Refused as refused:
        known = not any(isinstance(refusal, NotFound) for refusal in refused.refusals)
        return _page(request, "away") if known else None
    except (Unavailable, Faulty) as error:
        log(__name__).warning("certificates could not be asked for", reason=str(error))
        return _page(request, "away")


def _page(
    request: Request,
    state: State,
    paper: Paper | None = None,
    *,
    status: int | None = None,
    lacking: Sequence[str] = (),
) -> Response:
    status = status or _STATUS.get(state, 200)
    headers = _headers() | ({"retry-after": "5"} if status == 503 else {})
    return HTMLResponse(page(state, locale_of(request), paper, lacking), status, headers=headers)


def _headers() -> dict[str, str]:
    return {
        "content-security-policy": PAGES.policy,
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
        "x-robots-tag": "noindex",  # names of people are for those who hold the certificate, not for search engines
        "cache-control": "no-store",
        "vary": "Accept-Language",
    }
