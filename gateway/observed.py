"""Observed: every HTTP request timed, counted, and the first span of its trace.

A `traceparent` that a client sends is not taken over: who may write to the hub from outside must not decide what it records.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from http import HTTPMethod

from opentelemetry.trace import SpanKind
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.metrics import REQUESTS, SOCKETS
from kit.telemetry import tracing

OTHER = "_OTHER"  # OpenTelemetry's word for a method that is none
UNMATCHED = "unmatched"
UNWATCHED = {"/healthz", "/readyz", "/startupz"}  # asked every few seconds by who watches
METHODS = {method.value for method in HTTPMethod}


class Observed:
    """ASGI middleware around the whole application, whose `routes` it tells apart."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app = app
        self._paths = {_endpoint(route): str(getattr(route, "path", UNMATCHED)) for route in routes}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            with SOCKETS.track_inprogress():
                await self._app(scope, receive, send)
        elif scope["type"] == "http" and scope["path"] not in UNWATCHED:
            await self._observe(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _observe(self, scope: Scope, receive: Receive, send: Send) -> None:
        began, status = time.perf_counter(), 500
        method = scope["method"] if scope["method"] in METHODS else OTHER

        async def notice(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        attributes = {"http.request.method": method, "url.scheme": scope["scheme"]}
        with tracing.root(method, SpanKind.SERVER, attributes) as span:
            try:
                await self._app(scope, receive, notice)
            finally:
                route = self._paths.get(scope.get("endpoint"), UNMATCHED)
                REQUESTS.labels(method, route, str(status)).observe(time.perf_counter() - began)
                if span.is_recording():
                    span.update_name(f"{method} {route}")
                    span.set_attributes({"http.route": route, "http.response.status_code": status})
                    if status >= 500:
                        tracing.fail(span, str(status))


def _endpoint(route: BaseRoute) -> object:
    """What Starlette leaves in the scope of a request that matched; the path itself would be a new label each time."""
    return getattr(route, "endpoint", None) or getattr(route, "app", None)
