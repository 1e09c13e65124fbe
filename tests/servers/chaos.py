"""Chaos: a TCP proxy that stands for a bad network between a client and a server, and is made worse by tests.

It has the toxics of Shopify's toxiproxy that the tests need, on a thread of its own, so that it serves tests on
threads, asyncio and other processes alike.
"""

import asyncio
import socket
import struct
import threading
from asyncio import StreamReader, StreamWriter
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from tests.servers.ports import free_port

CHUNK = 65536


@dataclass(eq=False)
class _Link:
    """One client's connection together with the connection to the server that serves it."""

    client: StreamWriter
    server: StreamWriter
    has_lost_bytes: bool = False

    def reset(self) -> None:
        for writer in (self.client, self.server):
            _reset(writer)


def _reset(writer: StreamWriter) -> None:
    # Closing with a linger time of zero sends RST in place of FIN.
    if not writer.transport.is_closing():
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()


class ChaosProxy:
    """`with ChaosProxy(broker.port) as network:` and give the client `network.through(uri)`.

    Toxics act at once and on both directions, and add up until `heal`.
    """

    def __init__(self, target_port: int) -> None:
        self.port = free_port()
        self._target_port = target_port
        self._links: set[_Link] = set()
        self._listener: asyncio.Server | None = None
        self._latency = 0.0
        self._bytes_left: int | None = None
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="chaos", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._run(self._heal())
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def through(self, uri: str) -> str:
        """The same address by way of this proxy."""
        parts = urlsplit(uri)
        return parts._replace(netloc=parts.netloc.replace(f":{parts.port}", f":{self.port}")).geturl()

    def latency(self, seconds: float) -> None:
        """Hold what is sent back for this time, each way; up to twice as long where much is sent at once."""
        self._latency = seconds

    def black_hole(self) -> None:
        """Swallow every byte and every end of a connection: to each side the other seems alive, and silent."""
        self._run(self._swallow())

    def limit(self, count: int) -> None:
        """Let `count` more bytes pass, both ways together, then reset whatever is sent: cuts a frame in the middle."""
        self._bytes_left = count

    def reset(self) -> None:
        """Break every connection with RST; new ones are served."""
        self._run(self._reset_all())

    def down(self) -> None:
        """Break every connection and refuse new ones."""
        self._run(self._refuse())

    def heal(self) -> None:
        """End every toxic. A connection that lost bytes is reset, as a network would repair none of it."""
        self._run(self._heal())

    def _run(self, action: Coroutine[None, None, None]) -> None:
        asyncio.run_coroutine_threadsafe(action, self._loop).result(timeout=60)

    async def _heal(self) -> None:
        self._latency, self._bytes_left = 0.0, None
        self._open = asyncio.Event()
        self._open.set()
        for link in [link for link in self._links if link.has_lost_bytes]:
            link.reset()
        if self._listener is None:
            self._listener = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def _swallow(self) -> None:
        self._open.clear()

    async def _refuse(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        await self._reset_all()

    async def _reset_all(self) -> None:
        for link in list(self._links):
            link.reset()

    async def _end(self) -> None:
        await self._refuse()
        serving = asyncio.all_tasks() - {asyncio.current_task()}
        for task in serving:
            task.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def _serve(self, client_reader: StreamReader, client: StreamWriter) -> None:
        try:
            server_reader, server = await asyncio.open_connection("127.0.0.1", self._target_port)
        except OSError:
            _reset(client)
            return
        link = _Link(client, server)
        self._links.add(link)
        try:
            await asyncio.gather(self._pump(link, client_reader, server), self._pump(link, server_reader, client))
        finally:
            self._links.discard(link)
            link.reset()

    async def _pump(self, link: _Link, source: StreamReader, sink: StreamWriter) -> None:
        try:
            while data := await source.read(CHUNK):
                await asyncio.sleep(self._latency)
                await self._pass_on(link, data, sink)
        except OSError:
            await self._open.wait()
            link.reset()
        else:
            await self._open.wait()
            if not sink.transport.is_closing():
                sink.write_eof()

    async def _pass_on(self, link: _Link, data: bytes, sink: StreamWriter) -> None:
        if not self._open.is_set():
            link.has_lost_bytes = True
            return
        if self._bytes_left is not None:
            data = data[: self._bytes_left]
            self._bytes_left -= len(data)
        sink.write(data)
        await sink.drain()
        if self._bytes_left == 0:
            link.reset()
