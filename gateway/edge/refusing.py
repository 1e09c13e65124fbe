"""Refusing: a request that is turned away before any endpoint sees it, in the language of its headers."""

from __future__ import annotations

import orjson
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.protocol.faults import Fault
from gateway.protocol.media import locale_of


async def refuse(fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the fault; a WebSocket is denied before its handshake, which makes it an HTTP 403."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await told(HTTPConnection(scope), fault)(scope, receive, send)


def told(connection: HTTPConnection, fault: Exception) -> Response:
    """A fault that no endpoint has told itself."""
    assert isinstance(fault, Fault)
    body = {"errors": [{**fault.formatted, "message": fault.text(locale_of(connection))}]}
    headers = {"content-type": "application/json; charset=utf-8", "cache-control": "no-store", **fault.headers}
    return Response(orjson.dumps(body), fault.status, headers)
