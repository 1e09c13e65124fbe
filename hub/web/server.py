"""Web: serves the gateway's application over HTTP and WebSocket, and stops so that no request stays without an answer."""

from __future__ import annotations

import asyncio
import errno
import resource
import signal
import socket
import time
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import click
import uvicorn
from starlette.applications import Starlette

from hub.web.connections import Connections
from hub.web.http_protocol import HttpProtocol
from hub.web.settings import WebSettings
from hub.web.socket_protocol import SocketProtocol
from kit.process import collecting
from kit.settings import Settings

LARGEST_MESSAGE = 65_536  # bytes on a socket
OTHER_FILES = 400  # databases, files of works, the broker, and connections that are refused
FAREWELL = 5.0
"""Seconds in which a connection that is in use carries one more request, whose answer says that it is the last."""

WAITING = 2_048
"""Connections that may wait until they are taken; the system may allow fewer."""
TAKEN = (
    "端口 {port} 已被其他程序占用；请停止该程序，或换用其他端口：HUB_PORT={another}"
    " · port {port} is taken by another program: stop that one, or use another port: HUB_PORT={another}"
)
NOT_HAD = "无法监听 {host}:{port}（{error}）· cannot listen on {host}:{port}: see HUB_HOST and HUB_PORT"


def listening(settings: Settings) -> socket.socket:
    """The hub's port, taken: who comes before it serves waits. Raises ClickException where it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=WAITING)
    except OSError as error:
        why = TAKEN if error.errno == errno.EADDRINUSE else NOT_HAD
        raise click.ClickException(
            why.format(host=settings.host, port=settings.port, another=settings.port + 1, error=error.strerror)
        ) from None
    # its connections have it from it: asyncio sets it itself only where the protocol is named, and an answer would wait 40 ms
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def serve_web(
    app: Starlette, settings: Settings, listener: socket.socket, up: Callable[[], None] | None = None
) -> None:
    """On SIGTERM no new connection is taken, those that stand are taken leave of, and what runs has the drain time to end.

    `up` is called as soon as requests are answered.
    """
    have_files_for(settings.of(WebSettings).connections)
    collecting.settled()
    server = web_server(app, settings)
    server.up = up or server.up
    try:
        server.run([listener])
    except KeyboardInterrupt:  # uvicorn raises it again when all has ended
        return


def have_files_for(connections: int) -> None:
    """Let the process open as many files as it needs for its connections, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = connections + OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        needed = min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))


def web_server(app: Starlette, settings: Settings) -> WebServer:
    """A server that is yet to run.

    Who closes a resting connection may do it while a request is under way to it, so it must be the one who sends requests:
    `idle_seconds` are more than clients and proxies let a connection rest (Envoy: an hour).
    """
    limits = settings.of(WebSettings)
    return WebServer(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            server_header=False,  # nobody outside needs to know what serves
            log_config=None,
            access_log=False,
            http=partial(HttpProtocol, limits, Connections(limits)),  # type: ignore[arg-type]  # called as the class is
            ws=SocketProtocol,
            ws_max_size=LARGEST_MESSAGE,
            ws_per_message_deflate=False,
            timeout_keep_alive=limits.idle_seconds,  # type: ignore[arg-type]  # any number of seconds
            forwarded_allow_ips=[str(network) for network in limits.proxies],
            timeout_graceful_shutdown=int(settings.drain),
        )
    )


class WebServer(uvicorn.Server):
    """uvicorn's, except that it closes no resting connection under a request: it first says `Connection: close`."""

    farewell = FAREWELL

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up: Callable[[], None] = lambda: None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's; then it is up, unless the application could not start."""
        await super().startup(sockets)
        if self.started:
            self.up()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """As uvicorn's; whoever stops it at the keyboard does not wait for browsers."""
        if sig == signal.SIGINT:
            self.farewell = 0.0
        super().handle_exit(sig, frame)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no new connection, take leave of those that stand, then end as uvicorn does."""
        for listener in self.servers:
            listener.close()
        self.server_state.default_headers = [*self.server_state.default_headers, (b"connection", b"close")]
        for connection in self._connections(resting=False):
            connection.shutdown()  # begun before: it has headers of its own to close by
        until = time.monotonic() + self.farewell
        while self._connections(resting=True) and time.monotonic() < until:  # noqa: ASYNC110 - nobody tells of an end
            await asyncio.sleep(0.02)
        await super().shutdown(sockets)

    def _connections(self, *, resting: bool) -> list[Any]:
        """Those of HTTP on which no request runs, or one does; WebSockets are told when uvicorn ends."""
        http: list[Any] = [connection for connection in self.server_state.connections if hasattr(connection, "cycle")]
        return [one for one in http if resting == (one.cycle is None or one.cycle.response_complete)]
