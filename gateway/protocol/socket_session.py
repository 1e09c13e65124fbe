"""Socket session: one client's operations over graphql-transport-ws, from handshake to close (its PROTOCOL.md)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from gateway.protocol.faults import Fault, incident_of
from gateway.protocol.http import Unauthenticated
from gateway.protocol.media import locale_of
from gateway.protocol.operations import Operations, Parameters

TRY_AGAIN_LATER = 1013  # of the registry of RFC 6455; clients reconnect after it
LONGEST_REASON = 120  # bytes; a close frame holds 123

ContextOfPayload = Callable[[dict[str, Any], WebSocket], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class SocketLimits:
    """What one socket may use: seconds to say who it is, seconds to take in one message, operations at a time."""

    init_seconds: float = 10.0
    send_seconds: float = 20.0
    operations: int = 50
    message_characters: int = 65_536


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a socket is closed, as its close frame says."""

    code: int
    reason: str


NO_PROTOCOL = Ending(4406, "Subprotocol not acceptable")
NOT_INITIALISED = Ending(4408, "Connection initialisation timeout")
INITIALISED_TWICE = Ending(4429, "Too many initialisation requests")
UNAUTHORIZED = Ending(4401, "Unauthorized")
FORBIDDEN = Ending(4403, "Forbidden")
TOKEN_EXPIRED = Ending(4403, "Forbidden: token expired")  # clients reconnect after 4403, with a fresh token
SESSIONS_ENDED = Ending(4403, "Forbidden: sessions ended")
TOO_LARGE = Ending(1009, "Message too large")
TOO_SLOW = Ending(1008, "Messages are not taken in")


class Closure(Exception):  # noqa: N818 - an ending, not a fault of ours
    """The client broke the protocol; the socket ends."""

    def __init__(self, ending: Ending) -> None:
        super().__init__(ending.reason)
        self.ending = ending


class Session:
    """One accepted socket: it ends when its deadline passes, for the reason noted in `ending`."""

    def __init__(
        self,
        websocket: WebSocket,
        operations: Operations,
        context_of_payload: ContextOfPayload,
        limits: SocketLimits,
        now: Callable[[], datetime],
    ) -> None:
        self._websocket = websocket
        self._operations = operations
        self._context_of_payload = context_of_payload
        self._limits = limits
        self._now = now
        self._locale = locale_of(websocket)
        self._context: Any = None
        self._acknowledged = False
        self._ending = NOT_INITIALISED
        self._running: dict[str, asyncio.Task[None]] = {}
        self._sending = asyncio.Lock()
        self._handlers = {
            "connection_init": self._on_init,
            "ping": self._on_ping,
            "pong": self._on_pong,
            "subscribe": self._on_subscribe,
            "complete": self._on_complete,
        }

    async def run(self) -> None:
        try:
            async with asyncio.TaskGroup() as self._tasks:
                ending = await self._listen()
                for task in self._running.values():
                    task.cancel()
                if ending:
                    await self._close(ending)
        finally:
            leave = getattr(self._context, "leave", None)
            if leave:
                leave()

    async def _listen(self) -> Ending | None:
        """Handles messages until the socket ends; None when the client ended it."""
        try:
            async with asyncio.timeout(self._limits.init_seconds) as self._deadline:
                while True:
                    await self._handle(await self._websocket.receive())
        except WebSocketDisconnect:
            return None
        except Closure as closure:
            return closure.ending
        except Exception as error:  # noqa: BLE001 - the edge: a bug is logged once, and its caller gets the incident id
            if isinstance(error, TimeoutError) and self._deadline.expired():
                return self._ending
            return Ending(1011, incident_of(error).text(self._locale))

    async def _handle(self, event: MutableMapping[str, Any]) -> None:
        if event["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(event.get("code", 1005))
        message = self._decoded(event.get("text"))
        handler = self._handlers.get(message.get("type", ""))
        if handler is None:
            raise _malformed("Invalid message type")
        await handler(message)

    def _decoded(self, text: str | None) -> dict[str, Any]:
        if text is None:
            raise _malformed("Messages are text")
        if len(text) > self._limits.message_characters:
            raise Closure(TOO_LARGE)
        try:
            message = orjson.loads(text)
        except orjson.JSONDecodeError:
            raise _malformed("Invalid JSON") from None
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            raise _malformed("Message is expected to be an object with a type")
        return message

    async def _on_init(self, message: dict[str, Any]) -> None:
        if self._acknowledged:
            raise Closure(INITIALISED_TWICE)
        try:
            self._context = await self._context_of_payload(_payload(message) or {}, self._websocket)
        except Unauthenticated:
            raise Closure(FORBIDDEN) from None
        except Fault as fault:
            raise Closure(Ending(TRY_AGAIN_LATER, fault.text(self._locale))) from None
        self._acknowledged = True
        self._ending = TOKEN_EXPIRED
        self._deadline.reschedule(self._expiry())
        watch: Callable[..., None] | None = getattr(self._context, "watch_end", None)
        if watch:
            watch(partial(self._end, SESSIONS_ENDED))
        await self._send({"type": "connection_ack"})

    def _end(self, ending: Ending) -> None:
        """Let the socket end now, for this reason."""
        self._ending = ending
        self._deadline.reschedule(asyncio.get_running_loop().time())

    def _expiry(self) -> float | None:
        expires_at: datetime | None = getattr(self._context, "expires_at", None)
        if expires_at is None:
            return None
        return asyncio.get_running_loop().time() + (expires_at - self._now()).total_seconds()

    async def _on_ping(self, message: dict[str, Any]) -> None:
        payload = _payload(message)
        try:
            await self._send({"type": "pong"} if payload is None else {"type": "pong", "payload": payload})
        except orjson.JSONEncodeError:  # it reads deeper than it writes
            raise _malformed("Payload is nested too deeply") from None

    async def _on_pong(self, message: dict[str, Any]) -> None:
        _payload(message)

    async def _on_subscribe(self, message: dict[str, Any]) -> None:
        if not self._acknowledged:
            raise Closure(UNAUTHORIZED)
        identity, payload = _identity(message), _payload(message)
        if identity in self._running:
            raise Closure(Ending(4409, f"Subscriber for {identity} already exists"))
        try:
            parameters = self._operations.read(payload)
        except Fault as fault:
            raise _malformed(fault.text("en")) from None
        if len(self._running) >= self._limits.operations:
            await self._send_refusal(identity, Fault("TOO_MANY_OPERATIONS", allowed=self._limits.operations))
            return
        self._running[identity] = self._tasks.create_task(self._operate(identity, parameters))

    async def _on_complete(self, message: dict[str, Any]) -> None:
        task = self._running.pop(_identity(message), None)
        if task:
            task.cancel()

    async def _operate(self, identity: str, parameters: Parameters) -> None:
        with suppress(WebSocketDisconnect):
            try:
                await self._answer(identity, parameters)
            except WebSocketDisconnect:
                raise
            except Exception as error:  # noqa: BLE001 - the edge: a broken event source ends its operation, not the socket
                self._running.pop(identity, None)
                fault = error if isinstance(error, Fault) else GraphQLError(str(error), original_error=error)
                await self._send_refusal(identity, fault)

    async def _answer(self, identity: str, parameters: Parameters) -> None:
        async with aclosing(self._operations.answers(parameters, self._context, self._locale)) as answers:
            async for answer in answers:
                if answer.refused:
                    self._running.pop(identity, None)
                    await self._send({"id": identity, "type": "error", "payload": answer.body["errors"]})
                    return
                await self._send({"id": identity, "type": "next", "payload": answer.body})
        self._running.pop(identity, None)
        await self._send({"id": identity, "type": "complete"})

    async def _send_refusal(self, identity: str, error: GraphQLError) -> None:
        answer = self._operations.refusal([error], self._context, self._locale)
        await self._send({"id": identity, "type": "error", "payload": answer.body["errors"]})

    async def _send(self, message: dict[str, Any]) -> None:
        """Sends one message, in turn.

        Nothing is queued: whoever produces waits until the client has taken in what came before.
        """
        text = orjson.dumps(message).decode()
        try:
            async with asyncio.timeout(self._limits.send_seconds), self._sending:
                if self._websocket.application_state is not WebSocketState.CONNECTED:
                    raise WebSocketDisconnect(1006)
                await self._websocket.send({"type": "websocket.send", "text": text})
        except TimeoutError:
            self._end(TOO_SLOW)

    async def _close(self, ending: Ending) -> None:
        reason = ending.reason.encode()[:LONGEST_REASON].decode(errors="ignore")
        with suppress(TimeoutError, WebSocketDisconnect):
            async with asyncio.timeout(self._limits.send_seconds), self._sending:
                if self._websocket.application_state is WebSocketState.CONNECTED:
                    await self._websocket.close(ending.code, reason)


def _malformed(reason: str) -> Closure:
    return Closure(Ending(4400, reason))


def _identity(message: dict[str, Any]) -> str:
    identity = message.get("id")
    if not isinstance(identity, str) or not identity:
        raise _malformed("Message is expected to have an id")
    return identity


def _payload(message: dict[str, Any]) -> dict[str, Any] | None:
    payload = message.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise _malformed("Payload is expected to be an object")
    return payload
