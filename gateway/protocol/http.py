"""HTTP: GraphQL over HTTP as its specification says, for POST and GET (graphql.github.io/graphql-over-http/draft)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qs

import orjson
from graphql import GraphQLSchema, OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.protocol.documents import Documents
from gateway.protocol.faults import Fault, Report, incident_of, report_safely
from gateway.protocol.media import best_offer, locale_of
from gateway.protocol.metering import Meter
from gateway.protocol.operations import COMPLETE, Answer, Operations, Parameters
from gateway.protocol.sending import sent, sent_to_all, shortened

JSON = "application/json"
GRAPHQL_JSON = "application/graphql-response+json"
HTML = "text/html"
OFFERS = (JSON, GRAPHQL_JSON)
UTF8 = ("utf-8", "utf8")
PREFLIGHT_HEADERS = ("graphql-require-preflight", "authorization")  # no page of another site can send them unasked
READING = ("GET", "HEAD")
ALLOWED = "GET, HEAD, POST"
TOO_MANY_REQUESTS = 429

Page = Callable[[Request], Response]


class Unauthenticated(Exception):  # noqa: N818 - a state of the caller, not a fault of ours
    """The credentials shown are not valid; `error` is the word of RFC 6750 section 3.1, if there is one."""

    def __init__(self, error: str | None = None) -> None:
        super().__init__(error or "unauthenticated")
        self.challenge = f'Bearer error="{error}"' if error else "Bearer"


class GraphQLHTTP:
    """The ASGI endpoint. `context_of` makes the execution context, and may raise Unauthenticated or a Fault.

    `report` formats each error; `seconds` is the longest that an operation may take and that a body may take to arrive;
    `body_bytes` and `query_bytes` are the largest body and query string; `public_seconds` is how long anybody may keep what
    a visitor read over GET, where the context says `public`; `page` is shown to browsers; `meter` says who pays.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        documents: Documents,
        context_of: Callable[[Request], Awaitable[Any]],
        report: Report = report_safely,
        *,
        seconds: float = 10.0,
        body_bytes: int = 131_072,
        query_bytes: int = 16_384,
        public_seconds: int = 30,
        page: Page | None = None,
        meter: Meter | None = None,
    ) -> None:
        self._operations = Operations(schema, documents, report, seconds, meter)
        self._context_of = context_of
        self._seconds = seconds
        self._body_bytes = body_bytes
        self._query_bytes = query_bytes
        self._public_seconds = public_seconds
        self._page = page
        self._offers = dict.fromkeys(READING, (*OFFERS, HTML) if page else OFFERS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except Fault as fault:
            response = _refusal(request, fault)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - the edge: a bug is logged once, and its caller gets the incident id
            response = _refusal(request, incident_of(error))
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        media = best_offer(request.headers.get("accept") or "*/*", self._offers.get(request.method, OFFERS))
        if media is None:
            raise Fault("NOT_ACCEPTABLE", status=406)
        if media == HTML and self._page:
            return self._page(request)
        parameters = await self._parameters(request)
        context = await self._context(request)
        kind = self._checked_kind(parameters, request.method)
        answer = await self._operations.answer(parameters, context, locale_of(request))
        response = self._response(request, answer, media, public=getattr(context, "public", False))
        # a mutation may answer with a secret, whose length nobody learns: its answer is sent whole
        return response if kind is OperationType.MUTATION else shortened(request, response)

    def _response(self, request: Request, answer: Answer, media: str, *, public: bool) -> Response:
        """What a visitor reads over GET everybody would: it is kept, and does not say what is left of one visitor's budget."""
        if public and self._public_seconds and request.method in READING and answer.status == COMPLETE:
            return sent_to_all(request, {"data": answer.body["data"]}, media, self._public_seconds)
        return sent(answer.body, _status(answer, media), media, answer.headers)

    async def _parameters(self, request: Request) -> Parameters:
        if request.method == "POST":
            return self._operations.read(_decoded(await self._body(request), "body"))
        if request.method in READING:
            return self._query_parameters(request)
        raise Fault("METHOD_NOT_ALLOWED", status=405, headers={"allow": ALLOWED}, method=request.method)

    def _query_parameters(self, request: Request) -> Parameters:
        _check_site(request)
        query: bytes = request.scope["query_string"]
        if len(query) > self._query_bytes:
            raise Fault("URI_TOO_LONG", status=414, allowed=self._query_bytes)
        raw: dict[str, Any] = {name: values[-1] for name, values in parse_qs(query.decode("latin-1")).items()}
        for name in raw.keys() & {"variables", "extensions"}:
            raw[name] = _decoded(raw[name], name)
        return self._operations.read(raw)

    async def _body(self, request: Request) -> bytes:
        _check_content(request)
        body = bytearray()
        try:
            async with asyncio.timeout(self._seconds):
                async for chunk in request.stream():
                    body += chunk
                    if len(body) > self._body_bytes:
                        raise Fault("BODY_TOO_LARGE", status=413, allowed=self._body_bytes)
        except TimeoutError:
            raise Fault("BODY_TOO_SLOW", status=408) from None
        return bytes(body)

    async def _context(self, request: Request) -> Any:
        try:
            return await self._context_of(request)
        except Unauthenticated as refusal:
            headers = {"www-authenticate": refusal.challenge}
            raise Fault("UNAUTHENTICATED", status=401, headers=headers) from refusal

    def _checked_kind(self, parameters: Parameters, method: str) -> OperationType | None:
        """The kind of the operation, if this method may carry it."""
        kind = self._operations.kind(parameters)
        if kind is OperationType.MUTATION and method in READING:
            raise Fault("MUTATION_OVER_GET", status=405, headers={"allow": "POST"})
        if kind is OperationType.SUBSCRIPTION:
            raise Fault("SUBSCRIPTION_OVER_HTTP")
        return kind


def _check_site(request: Request) -> None:
    """A GET needs no preflight, so a page of another site must not have its answers computed (Fetch Metadata)."""
    foreign = request.headers.get("sec-fetch-site") in ("cross-site", "same-site")
    if foreign and not any(name in request.headers for name in PREFLIGHT_HEADERS):
        raise Fault("FOREIGN_PAGE", status=403)


def _check_content(request: Request) -> None:
    media, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charsets = [part.removeprefix("charset=").strip('"') for part in parameters if part.startswith("charset=")]
    if media != JSON or any(charset not in UTF8 for charset in charsets):
        raise Fault("UNSUPPORTED_MEDIA_TYPE", status=415, headers={"accept-post": JSON})
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise Fault("UNSUPPORTED_ENCODING", status=415, headers={"accept-encoding": "identity"})


def _decoded(text: bytes | str, parameter: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Fault("MALFORMED_JSON", parameter=parameter) from None


def _status(answer: Answer, media: str) -> int:
    """Under `application/json` every well-formed request is answered with 200, whatever came of it, unless it is for later."""
    return COMPLETE if media == JSON and answer.status != TOO_MANY_REQUESTS else answer.status


def _refusal(request: Request, fault: Fault) -> Response:
    """A request that never became a GraphQL request has the same status under both media types."""
    media = best_offer(request.headers.get("accept") or "*/*", OFFERS) or JSON
    body = {"errors": [{**fault.formatted, "message": fault.text(locale_of(request))}]}
    return sent(body, fault.status, media, fault.headers)
