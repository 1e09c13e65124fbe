"""WebSocket: the endpoint of graphql-transport-ws; who may connect, and by which protocol (its PROTOCOL.md)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from graphql import GraphQLSchema
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from gateway.protocol.documents import Documents
from gateway.protocol.faults import Report, report_safely
from gateway.protocol.metering import Meter
from gateway.protocol.operations import Operations
from gateway.protocol.socket_session import NO_PROTOCOL, ContextOfPayload, Session, SocketLimits

PROTOCOL = "graphql-transport-ws"


class GraphQLWebSocket:
    """The ASGI endpoint. `context_of_payload` makes the execution context from the payload of `connection_init`.

    It may raise Unauthenticated or a Fault; a context that has an `expires_at` ends its socket then. `origins` are the
    pages besides those of the same scheme, host and port that may connect ("*" is any); `seconds` is the longest that one
    execution may take.
    """

    def __init__(
        self,
        schema: GraphQLSchema,
        documents: Documents,
        context_of_payload: ContextOfPayload,
        report: Report = report_safely,
        *,
        origins: frozenset[str] = frozenset(),
        seconds: float = 10.0,
        limits: SocketLimits | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        meter: Meter | None = None,
    ) -> None:
        self._operations = Operations(schema, documents, report, seconds, meter)
        self._context_of_payload = context_of_payload
        self._origins = origins
        self._limits = limits or SocketLimits()
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        websocket = WebSocket(scope, receive, send)
        if not self._welcome(websocket):
            await websocket.close()  # before the handshake is done, which makes it an HTTP 403
            return
        if PROTOCOL not in scope["subprotocols"]:
            await websocket.accept()
            await websocket.close(NO_PROTOCOL.code, NO_PROTOCOL.reason)
            return
        await websocket.accept(PROTOCOL)
        await Session(websocket, self._operations, self._context_of_payload, self._limits, self._now).run()

    def _welcome(self, websocket: WebSocket) -> bool:
        origin = websocket.headers.get("origin")
        if origin is None or "*" in self._origins or origin in self._origins:
            return True  # whoever sends none is no page
        scheme = "https" if websocket.scope["scheme"] == "wss" else "http"
        return origin == f"{scheme}://{websocket.headers.get('host')}"
