"""App: the gateway as a Starlette application. Start reading here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from contracts.notify.notices import NoticeIssued
from gateway.budgets.addresses import address_of
from gateway.budgets.budgets import Budgets
from gateway.budgets.settings import BudgetSettings
from gateway.budgets.sharing import Fanout, Sharing
from gateway.calendar.routes import calendar_routes
from gateway.certificates.routes import certificate_routes
from gateway.context import Context
from gateway.exports.routes import export_routes
from gateway.live import Live
from gateway.locale import negotiate
from gateway.observed import Observed
from gateway.problems import report
from gateway.protocol.documents import Documents
from gateway.protocol.faults import Fault
from gateway.protocol.graphiql import graphiql_files, graphiql_page
from gateway.protocol.http import GraphQLHTTP, Unauthenticated
from gateway.protocol.limits import Limits
from gateway.protocol.websocket import GraphQLWebSocket
from gateway.rpc import Rpc, Wire
from gateway.schema import graphql_schema
from gateway.settings import GatewaySettings
from gateway.sign_in.bearer import bearer
from gateway.viewer import Identity, InvalidToken, IssuerUnavailable, TokenVerifier
from gateway.works.routes import works_routes
from kit.clock import Clock, clock_of
from kit.data.db import Context as CallContext
from kit.ids import new_id
from kit.settings import Settings
from kit.telemetry.logs import log
from kit.viewer import Viewer

LIVE = (NoticeIssued.type,)
Ready = Callable[[], dict[str, Any]]


@asynccontextmanager
async def _nothing(_app: Starlette) -> AsyncIterator[None]:
    yield


def create_app(
    settings: Settings,
    wire: Wire,
    verifier: TokenVerifier,
    ready: Ready,
    lifespan: Any = _nothing,
    *,
    clock: Clock | None = None,
    fanout: Fanout | None = None,
) -> Starlette:
    """The application: /graphql over HTTP and WebSocket, /works for files, /verify and other addresses of certificates,
    /startupz, /healthz, /readyz, and GraphiQL for browsers.

    `clock` is that of the services, where a test moves it; `fanout` leads to the other gateways, where there are some.
    """
    gateway = Gateway(settings, wire, verifier)

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        gateway.live = Live(wire, LIVE)
        sharing = Sharing(gateway.budgets, fanout) if fanout else nullcontext()
        async with lifespan(app), sharing:
            yield

    origins = Middleware(
        CORSMiddleware,
        allow_origins=settings.of(GatewaySettings).allowed_origins,
        allow_methods=["GET", "POST", "PUT"],
        allow_headers=["authorization", "content-type", "accept-language", "content-digest", "repr-digest"],
        expose_headers=["content-disposition"],
    )
    certificates = certificate_routes(settings, gateway.visitor)
    tables = [*calendar_routes(gateway.visitor), *export_routes(gateway.context_of)]
    works = works_routes(settings, gateway.context_of, clock or clock_of(settings.clock_file))
    routes = [*_graphql(settings, gateway), *works, *certificates, *tables, *_health(ready), graphiql_files()]
    return Starlette(
        routes=routes,
        middleware=[Middleware(Observed, routes=routes), origins],
        lifespan=running,
    )


def _graphql(settings: Settings, gateway: Gateway) -> list[BaseRoute]:
    """/graphql for requests, for sockets, and for browsers that come to the root."""
    schema, own = graphql_schema(), settings.of(GatewaySettings)
    limits = Limits(cost=settings.of(BudgetSettings).operation_cost)
    documents = Documents(schema, limits, suggestions=own.introspection, introspection=own.introspection)
    http = GraphQLHTTP(
        schema,
        documents,
        gateway.context_of_operation,
        report,
        body_bytes=own.body_bytes,
        page=graphiql_page,
        meter=gateway.budgets,
    )
    origins = frozenset(own.allowed_origins)
    sockets = GraphQLWebSocket(
        schema, documents, gateway.context_of_payload, report, origins=origins, meter=gateway.budgets
    )
    return [
        Route("/", lambda _: RedirectResponse("/graphql")),
        Route("/graphql", http, methods=None),
        WebSocketRoute("/graphql", sockets),
    ]


def _health(ready: Ready) -> list[BaseRoute]:
    """/startupz says that the process has started, /healthz that it lives, /readyz whether it can do its work now."""

    async def healthz(_: Request) -> Response:
        return JSONResponse({"alive": True})

    async def readyz(_: Request) -> Response:
        state = ready()
        return JSONResponse(state, 200 if state["ready"] else 503)

    return [Route("/startupz", healthz), Route("/healthz", healthz), Route("/readyz", readyz)]


class Gateway:
    """Makes the context of each operation: a verified token gives the viewer, no token a visitor."""

    live: Live

    def __init__(self, settings: Settings, wire: Wire, verifier: TokenVerifier) -> None:
        self._settings = settings
        self._wire = wire
        self._verifier = verifier
        self.budgets = Budgets(settings.of(BudgetSettings))

    async def context_of(self, request: Request) -> Context:
        return await self._context(request, lambda: bearer(_only(request)))

    async def context_of_operation(self, request: Request) -> Context:
        context = self._bounded(await self.context_of(request))
        self.budgets.open(context)  # whoever has nothing left is refused before their document is read
        return context

    def visitor(self, connection: HTTPConnection) -> Context:
        """The context of somebody who needs no token for what they ask."""
        return self._context_for(connection, None)

    async def context_of_payload(self, payload: dict[str, Any], socket: WebSocket) -> Context:
        """On a socket the token stands in the payload of connection_init: {"Authorization": "Bearer …"}."""
        given = payload.get("Authorization") or payload.get("authorization")
        return self._bounded(await self._context(socket, lambda: bearer(given)))

    def _bounded(self, context: Context) -> Context:
        """A document says itself what it asks for; all other addresses ask what is theirs."""
        context.rpc.most_calls = self._settings.of(BudgetSettings).operation_calls
        return context

    async def _context(self, connection: HTTPConnection, read: Callable[[], str | None]) -> Context:
        try:
            token = read()
            identity = await self._verifier.verify(token) if token is not None else None
        except InvalidToken as invalid:
            self.budgets.token_refused(self._address(connection))
            log(__name__).info("a token was not accepted", reason=invalid.reason)
            raise Unauthenticated("invalid_token") from None
        except IssuerUnavailable:
            raise Fault("UNAVAILABLE", status=503, headers={"retry-after": "5"}) from None
        return self._context_for(connection, identity)

    def _context_for(self, connection: HTTPConnection, identity: Identity | None) -> Context:
        locale = negotiate(connection.headers.get("accept-language"), identity.locale if identity else None)
        correlation_id = new_id()
        caller = CallContext(Viewer(identity.id if identity else ""), locale, correlation_id)
        rpc = Rpc(self._wire, caller, self._settings.of(GatewaySettings).rpc_timeout)
        payers = self.budgets.payers(identity, self._address(connection))
        return Context(identity, locale, rpc, self.live, correlation_id, self._settings.address, payers)

    def _address(self, connection: HTTPConnection) -> str:
        return address_of(connection, self._settings.of(BudgetSettings).trusted_proxies)


def _only(request: Request) -> str | None:
    """The one Authorization header; several are as bad as a broken one."""
    headers = request.headers.getlist("authorization")
    return ",".join(headers) if headers else None
