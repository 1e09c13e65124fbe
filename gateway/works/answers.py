"""Answers: how a refusal looks to whoever sends or fetches a file (RFC 9457), with its status by one table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from contracts import transfers, uploads
from contracts.alliances.people.exports import PersonExportNotReady
from contracts.base import Refusal
from contracts.events.judging.blinding import CodesSealed
from contracts.refusals import NotAllowed, NotFound, SignInRequired
from gateway.locale import DEFAULT, Locale
from gateway.problems import UNAVAILABLE
from gateway.protocol.faults import Fault
from gateway.protocol.http import Unauthenticated
from gateway.protocol.media import locale_of
from gateway.rpc import Refused
from gateway.viewer import InvalidToken
from kit.broker.bus import Unavailable
from kit.files.store import StoreAway
from kit.telemetry.logs import log

STATUS: dict[type[Refusal], int] = {
    SignInRequired: 401,
    NotAllowed: 403,
    uploads.TicketInvalid: 403,
    NotFound: 404,
    uploads.PieceOutOfRange: 404,
    uploads.PieceTooSlow: 408,
    CodesSealed: 409,
    PersonExportNotReady: 409,
    uploads.PieceUnderWay: 409,
    uploads.PieceTooLarge: 413,
    uploads.EncodingNotTaken: 415,
    transfers.TooManyTransfers: 429,
    transfers.GatewayBusy: 503,
}
"""Every other refusal is 400."""
NO_STORE = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
LATER = {"retry-after": "5"}
ANSWERED_WITH = {
    401: {"www-authenticate": "Bearer"},
    408: {"connection": "close"},  # whose body goes on to come is not listened to any more
    429: LATER,
    503: LATER,
}

Endpoint = Callable[[Request], Awaitable[Response]]


def answering(endpoint: Endpoint) -> Endpoint:
    """The endpoint with every refusal told as a problem, in the caller's language."""

    async def respond(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        except (Refusal, Refused, Unauthenticated, Fault, Unavailable, StoreAway) as error:
            return _problem(error, locale_of(request))

    return respond


def _problem(error: Exception, locale: Locale) -> Response:
    match error:
        case Unauthenticated():
            return _refused(InvalidToken("claims"), locale, 401, {"www-authenticate": error.challenge})
        case Fault():
            return _sent(error.code, error.text(locale), error.status, error.headers)
        case Refused():
            return _refused(error.refusals[0], locale)
        case Refusal():
            return _refused(error, locale)
    log(__name__).warning("a file could not be had or kept", reason=str(error), error=type(error).__name__)
    zh, en = UNAVAILABLE
    return _sent("UNAVAILABLE", zh if locale == DEFAULT else en, 503, LATER)


def _refused(
    refusal: Refusal, locale: Locale, status: int | None = None, headers: dict[str, str] | None = None
) -> Response:
    status = status or STATUS.get(type(refusal), 400)
    known = ANSWERED_WITH.get(status, {})
    return _sent(refusal.code, refusal.text(locale), status, {**known, **(headers or {})})


def _sent(code: str, text: str, status: int, headers: dict[str, str]) -> Response:
    """A problem (RFC 9457) with our code beside."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": text,
        "code": code,
    }
    return Response(orjson.dumps(body), status, {**NO_STORE, **headers, "content-type": "application/problem+json"})
