"""Tiny gateway: a schema of the tests' own behind the real protocol layer, in process or on a real server."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

import graphene
import uvicorn
from graphql import GraphQLSchema
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from gateway.protocol.documents import Documents
from gateway.protocol.faults import Fault
from gateway.protocol.graphiql import graphiql_files, graphiql_page
from gateway.protocol.http import GraphQLHTTP, Unauthenticated
from gateway.protocol.limits import Limits
from gateway.protocol.socket_session import SocketLimits
from gateway.protocol.websocket import GraphQLWebSocket
from tests.servers.ports import free_port

GOOD_TOKEN, BAD_TOKEN, AWAY_TOKEN = "good", "bad", "issuer-away"


@dataclass
class Context:
    """What the resolvers see of the caller."""

    viewer: str | None = None
    expires_at: datetime | None = None

    @property
    def public(self) -> bool:
        return self.viewer is None


@dataclass
class Record:
    """What happened inside: mutations that ran, event sources that are open, executions that were cut short."""

    renamed: list[str] = field(default_factory=list)
    open_sources: int = 0
    sources_opened: int = 0
    executing: int = 0
    cancelled: int = 0


RECORD = Record()


class Member(graphene.ObjectType):
    name = graphene.String()
    friends = graphene.List(lambda: Member)
    circle = graphene.Field(lambda: Members, first=graphene.Int())


class Edge(graphene.ObjectType):
    node = graphene.Field(Member)


class Members(graphene.ObjectType):
    edges = graphene.List(Edge)


class Query(graphene.ObjectType):
    hello = graphene.String(name=graphene.String())
    viewer = graphene.String()
    broken = graphene.String()
    broken_required = graphene.NonNull(graphene.String)
    slow = graphene.String()
    day = graphene.String(of=graphene.Date())
    members = graphene.Field(Members, first=graphene.Int(), last=graphene.Int())
    by_ids = graphene.List(Member, ids=graphene.List(graphene.ID))
    all_members = graphene.List(Member)
    self = graphene.Field(lambda: Query)

    def resolve_self(self, info):
        return self or {}

    def resolve_hello(self, info, name="world"):
        return f"hello {name}"

    def resolve_viewer(self, info):
        return info.context.viewer

    def resolve_broken(self, info):
        raise RuntimeError("secret of the database")

    def resolve_broken_required(self, info):
        raise RuntimeError("secret of the database")

    async def resolve_slow(self, info):
        RECORD.executing += 1
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            RECORD.cancelled += 1
            raise
        finally:
            RECORD.executing -= 1


class Rename(graphene.Mutation):
    class Arguments:
        name = graphene.String(required=True)

    name = graphene.String()

    def mutate(self, info, name):
        RECORD.renamed.append(name)
        return Rename(name=name)


class Mutation(graphene.ObjectType):
    rename = Rename.Field()


class Subscription(graphene.ObjectType):
    count = graphene.Int(to=graphene.Int(required=True))
    forever = graphene.Int()
    flood = graphene.String()
    broken_source = graphene.Int()
    no_source = graphene.Int()
    slow_taking = graphene.Int()

    async def subscribe_count(self, info, to):
        for number in range(1, to + 1):
            yield number

    async def subscribe_forever(self, info):
        async for number in _until_closed():
            yield number

    async def subscribe_flood(self, info):
        async for number in _until_closed(pause=0):
            yield str(number) * 20_000

    async def subscribe_broken_source(self, info):
        yield 1
        raise RuntimeError("secret of the broker")

    async def subscribe_slow_taking(self, info):
        yield 1
        raise Fault("FELL_BEHIND")

    def subscribe_no_source(self, info):
        raise RuntimeError("secret of the broker")

    def resolve_count(self, info, to):
        return self

    def resolve_forever(self, info):
        return self

    def resolve_flood(self, info):
        return self

    def resolve_broken_source(self, info):
        return self

    def resolve_slow_taking(self, info):
        return self


async def _until_closed(pause: float = 0.01) -> AsyncIterator[int]:
    RECORD.open_sources += 1
    RECORD.sources_opened += 1
    number = 0
    try:
        while True:
            number += 1
            yield number
            await asyncio.sleep(pause)
    finally:
        RECORD.open_sources -= 1


def tiny_schema() -> GraphQLSchema:
    return graphene.Schema(Query, Mutation, Subscription).graphql_schema


async def context_of(request: Request) -> Context:
    return _context(request.headers.get("authorization", "").removeprefix("Bearer "))


async def context_of_payload(payload: dict[str, str], websocket: WebSocket) -> Context:
    if payload.get("bug"):
        raise RuntimeError("secret of the issuer")
    expires_at = datetime.fromisoformat(payload["expiresAt"]) if "expiresAt" in payload else None
    return _context(payload.get("token", ""), expires_at)


def _context(token: str, expires_at: datetime | None = None) -> Context:
    if token == AWAY_TOKEN:
        raise Fault("UNAVAILABLE", status=503, headers={"retry-after": "5"})
    if token == BAD_TOKEN:
        raise Unauthenticated("invalid_token")
    return Context("the representative" if token == GOOD_TOKEN else None, expires_at)


def tiny_app(
    *,
    limits: Limits | None = None,
    socket_limits: SocketLimits | None = None,
    seconds: float = 60.0,
    suggestions: bool = True,
    body_bytes: int = 131_072,
    public_seconds: int = 30,
    origins: frozenset[str] = frozenset(),
) -> Starlette:
    schema = tiny_schema()
    documents = Documents(schema, limits, suggestions=suggestions)
    http = GraphQLHTTP(
        schema,
        documents,
        context_of,
        seconds=seconds,
        body_bytes=body_bytes,
        public_seconds=public_seconds,
        page=graphiql_page,
    )
    sockets = GraphQLWebSocket(
        schema, documents, context_of_payload, origins=origins, seconds=seconds, limits=socket_limits
    )
    return Starlette(routes=[Route("/graphql", http), WebSocketRoute("/graphql", sockets), graphiql_files()])


@contextmanager
def served(app: Starlette, lifespan: Literal["on", "off"] = "off") -> Iterator[str]:
    """The address of the app's endpoint while a real server runs it, in a thread of this process."""
    port = free_port()
    config = uvicorn.Config(app, port=port, log_level="error", lifespan=lifespan, ws="websockets-sansio")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        eventually(lambda: server.started)
        yield f"http://127.0.0.1:{port}/graphql"
    finally:
        server.should_exit = True
        thread.join(timeout=60)
    assert not thread.is_alive()


def eventually(condition, seconds: float = 60) -> None:
    """Waits, for a bounded time, until the condition holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "the condition did not come to hold in time"
        time.sleep(0.01)
