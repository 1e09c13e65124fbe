"""App: the gateway as a Starlette application. Start reading here."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import replace
from datetime import datetime
from typing import Any

from starlette.applications import Starlette
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket

from contracts.alliances.authority.sessions import SessionsEnded
from contracts.notify.notices import NoticeIssued
from gateway.addresses import address_of
from gateway.budgets.budgets import Budgets
from gateway.budgets.prices import price_of
from gateway.budgets.settings import BudgetSettings
from gateway.budgets.sharing import Fanout, Sharing
from gateway.calendar.routes import calendar_routes
from gateway.certificates.routes import certificate_routes
from gateway.context import Context
from gateway.directory.routes import directory_routes
from gateway.edge.edge import edge
from gateway.edge.refusing import told
from gateway.executor import Executor, Pages
from gateway.exports.persons import person_routes
from gateway.exports.routes import export_routes
from gateway.graph.watching.subscriptions import WATCHED
from gateway.live import Live
from gateway.locale import Locale, negotiate
from gateway.mail.routes import mail_routes
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
from gateway.shedding import Shedding
from gateway.sign_in.bearer import bearer, bearer_in
from gateway.sign_in.ended_sessions import EndedSessions
from gateway.sign_in.settings import SignInSettings
from gateway.transfers.downloads import Downloads
from gateway.transfers.places import Places
from gateway.transfers.rendering import Rendering
from gateway.transfers.settings import TransferSettings
from gateway.viewer import Identity, InvalidToken, IssuerUnavailable, TokenVerifier
from gateway.works.routes import works_routes
from kit.clock import Clock, clock_of
from kit.context import Context as CallContext
from kit.ids import new_id
from kit.settings import Settings
from kit.telemetry.logs import log
from kit.viewer import Viewer

LIVE = (NoticeIssued.type, SessionsEnded.type, *WATCHED)
"""The messages that a gateway overhears."""
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
    pages: Pages | None = None,
) -> Starlette:
    """The application: /graphql over HTTP and WebSocket, /works for files, /verify and other addresses of certificates,
    /alliances for the public directory, /startupz, /healthz, /readyz, and GraphiQL for browsers.

    `clock` is that of the services, where a test moves it; `fanout` leads to the other gateways, where there are some;
    `pages` come before all else, where the hub shows itself to people. Who runs it enters `app.state.following()` once the
    wire is up: from then on it knows whose sessions were ended before.
    """
    clock = clock or clock_of(settings.clock_file)
    gateway = Gateway(settings, wire, verifier, clock)

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        gateway.live = Live(wire, LIVE, settings.of(BudgetSettings).subscriptions)
        wire.overhear((SessionsEnded.type,), gateway.ended.hear)
        sharing = Sharing(gateway.budgets, fanout) if fanout else nullcontext()
        async with lifespan(app), sharing:
            yield

    shown = pages(_executor(settings, gateway)) if pages else ()
    routes = [*shown, *_graphql(settings, gateway), *_files(settings, gateway, clock), *_health(ready)]
    app = Starlette(
        routes=routes, middleware=edge(settings, routes), exception_handlers={Fault: told}, lifespan=running
    )
    app.state.following = gateway.following
    return app


def _limits(settings: Settings) -> Limits:
    own = settings.of(GatewaySettings)
    return Limits(cost=settings.of(BudgetSettings).operation_cost, persisted=own.persisted_queries)


def _executor(settings: Settings, gateway: Gateway) -> Executor:
    """What pages of the hub itself ask by."""
    return Executor(graphql_schema(), _limits(settings), gateway.budgets, gateway.verified, gateway.for_page)


def _graphql(settings: Settings, gateway: Gateway) -> list[BaseRoute]:
    """/graphql for requests and sockets; for browsers GraphiQL, where the schema is shown at all."""
    schema, own = graphql_schema(), settings.of(GatewaySettings)
    limits = _limits(settings)
    documents = Documents(schema, limits, suggestions=own.introspection, introspection=own.introspection)
    page = graphiql_page if own.introspection else None
    meter = gateway.budgets
    http = GraphQLHTTP(
        schema,
        documents,
        gateway.context_of_operation,
        report,
        body_bytes=own.body_bytes,
        public_seconds=own.public_seconds,
        page=page,
        meter=meter,
    )
    origins = frozenset({*own.allowed_origins, settings.origin})
    sockets = GraphQLWebSocket(schema, documents, gateway.context_of_payload, report, origins=origins, meter=meter)
    return [
        Route("/", lambda _: RedirectResponse("/graphql" if page else "/verify")),
        Route("/graphql", http, methods=None),
        WebSocketRoute("/graphql", sockets),
        *([graphiql_files()] if page else []),
    ]


def _files(settings: Settings, gateway: Gateway, clock: Clock) -> list[BaseRoute]:
    """/works, /verify and other addresses of certificates, /alliances, /calendar, /mail and /exports."""
    own = settings.of(TransferSettings)
    downloads = Downloads(own)
    return [
        *works_routes(settings, gateway.context_of, clock, downloads),
        *certificate_routes(settings, gateway.visitor, Rendering(own)),
        *directory_routes(gateway.visitor),
        *calendar_routes(gateway.visitor, Rendering(own)),
        *mail_routes(gateway.visitor),
        *person_routes(gateway.context_of, downloads),
        *export_routes(gateway.context_of, downloads, Rendering(own)),
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

    def __init__(self, settings: Settings, wire: Wire, verifier: TokenVerifier, clock: Clock) -> None:
        self._settings = settings
        self._wire = Shedding(wire, settings.of(GatewaySettings).sure_calls)
        self._verifier = verifier
        own = settings.of(BudgetSettings)
        self.budgets = Budgets(own)
        self._sockets = Places(own.sockets, lambda: Fault("TOO_MANY_SOCKETS", allowed=own.sockets))
        self.ended = EndedSessions(settings.of(SignInSettings).longest, clock.now)

    def following(self) -> AbstractAsyncContextManager[None]:
        """While it is entered, whose sessions were ended is asked for at once and every now and then."""
        return self.ended.followed(self._ask_ended, self._settings.of(SignInSettings).ended_every)

    async def _ask_ended(self, **which: Any) -> Any:
        rpc = Rpc(self._wire, CallContext(correlation_id=new_id()), self._settings.of(GatewaySettings).rpc_timeout)
        return await rpc.query("alliances", "ended_sessions", **which)

    async def context_of(self, request: Request) -> Context:
        return self._paid(request, await self._context(request, lambda: bearer(_only(request))))

    async def context_of_operation(self, request: Request) -> Context:
        return self._bounded(await self.context_of(request))

    def for_page(self, connection: HTTPConnection, identity: Identity | None, locale: Locale) -> Context:
        """The context of an operation that a page of the hub itself asks for."""
        return self._bounded(self._context_for(connection, identity, locale))

    def visitor(self, connection: HTTPConnection) -> Context:
        """The context of somebody who needs no token for what they ask."""
        return self._paid(connection, self._context_for(connection, None))

    async def context_of_payload(self, payload: dict[str, Any], socket: WebSocket) -> Context:
        """On a socket the token stands in the payload of connection_init: {"Authorization": "Bearer …"}."""
        context = self._bounded(await self._context(socket, lambda: bearer_in(payload)))
        context.held.enter_context(self._sockets.one(context.payers[0]))
        return context

    def _paid(self, connection: HTTPConnection, context: Context) -> Context:
        """Whoever has nothing left is refused before anything is read or asked."""
        self.budgets.open(context).take(price_of(connection.url.path))
        return context

    def _bounded(self, context: Context) -> Context:
        """A document says itself what it asks for; all other addresses ask what is theirs."""
        context.rpc.most_calls = self._settings.of(BudgetSettings).operation_calls
        return context

    async def _context(self, connection: HTTPConnection, read: Callable[[], str | None]) -> Context:
        try:
            token = read()
            identity = await self.verified(token) if token is not None else None
        except InvalidToken as invalid:
            self.budgets.token_refused(address_of(connection))
            log(__name__).info("a token was not accepted", reason=invalid.reason)
            raise Unauthenticated("invalid_token") from None
        except IssuerUnavailable:
            raise Fault("UNAVAILABLE", status=503, headers={"retry-after": "5"}) from None
        return self._context_for(connection, identity)

    async def verified(self, token: str, since: datetime | None = None) -> Identity:
        """Whom the token stands for; raises InvalidToken, also where their sessions were ended since, or IssuerUnavailable.

        A session may have begun before the token that it goes on with.
        """
        identity = await self._verifier.verify(token)
        if self.ended.refuses(replace(identity, issued_at=since) if since else identity):
            raise InvalidToken("ended")
        return identity

    def _context_for(
        self, connection: HTTPConnection, identity: Identity | None, locale: Locale | None = None
    ) -> Context:
        """In the language given, else in that of whoever asks."""
        preferred = identity.locale if identity else None
        locale = locale or negotiate(connection.headers.get("accept-language"), preferred)
        correlation_id = new_id()
        caller = CallContext(Viewer(identity.id if identity else ""), locale, correlation_id)
        rpc = Rpc(self._wire, caller, self._settings.of(GatewaySettings).rpc_timeout)
        payers = self.budgets.payers(identity, address_of(connection))
        return Context(identity, locale, rpc, self.live, correlation_id, self._settings.address, payers, self.ended)


def _only(request: Request) -> str | None:
    """The one Authorization header; several are as bad as a broken one."""
    headers = request.headers.getlist("authorization")
    return ",".join(headers) if headers else None
