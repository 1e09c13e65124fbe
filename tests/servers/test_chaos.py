"""Chaos: each toxic does to a connection what it says, and `heal` ends it."""

import socket
import socketserver
import threading
import time
from collections.abc import Iterator

import pytest

from tests.running.processes import wait_until
from tests.servers.chaos import ChaosProxy
from tests.servers.ports import free_port

PATIENCE = 60  # seconds


class _Echo(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        while data := self._receive():
            self.request.sendall(data)

    def _receive(self) -> bytes:
        try:
            return bytes(self.request.recv(1000))
        except ConnectionResetError:
            return b""


@pytest.fixture
def network() -> Iterator[ChaosProxy]:
    port = free_port()
    with socketserver.ThreadingTCPServer(("127.0.0.1", port), _Echo) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=[0.05]).start()
        with ChaosProxy(port) as proxy:
            yield proxy
        server.shutdown()


@pytest.fixture
def client(network: ChaosProxy) -> Iterator[socket.socket]:
    with _connect(network) as connection:
        assert _echo(connection, b"before") == b"before"
        yield connection


def test_latency_delays_both_ways(network: ChaosProxy, client: socket.socket) -> None:
    network.latency(0.1)

    sent_at = time.monotonic()
    answer = _echo(client, b"slow")

    assert answer == b"slow"
    assert time.monotonic() - sent_at >= 0.2


def test_black_hole_is_silent_and_healing_resets_who_lost_bytes(network: ChaosProxy, client: socket.socket) -> None:
    network.black_hole()

    client.settimeout(0.2)
    with pytest.raises(TimeoutError):
        _echo(client, b"lost")
    wait_until(lambda: any(link.has_lost_bytes for link in network._links), PATIENCE, "nothing was swallowed")

    network.heal()

    client.settimeout(PATIENCE)
    with pytest.raises(ConnectionResetError):
        client.recv(1000)


def test_black_hole_spares_a_connection_that_sent_nothing(network: ChaosProxy, client: socket.socket) -> None:
    network.black_hole()
    network.heal()

    assert _echo(client, b"after") == b"after"


def test_reset_breaks_connections_and_serves_new_ones(network: ChaosProxy, client: socket.socket) -> None:
    network.reset()

    with pytest.raises(ConnectionResetError):
        client.recv(1000)
    with _connect(network) as another:
        assert _echo(another, b"new") == b"new"


def test_down_refuses_connections_until_healed(network: ChaosProxy, client: socket.socket) -> None:
    network.down()

    with pytest.raises(ConnectionResetError):
        client.recv(1000)
    with pytest.raises(ConnectionRefusedError):
        _connect(network)

    network.heal()

    with _connect(network) as another:
        assert _echo(another, b"up") == b"up"


def test_limit_lets_so_many_bytes_pass_and_resets(network: ChaosProxy, client: socket.socket) -> None:
    network.limit(6)

    client.sendall(b"four")
    received = client.recv(1000)

    assert received == b"fo"
    with pytest.raises(ConnectionResetError):
        client.recv(1000)


def test_end_of_a_connection_reaches_the_other_side(network: ChaosProxy, client: socket.socket) -> None:
    client.shutdown(socket.SHUT_WR)

    assert client.recv(1000) == b""


def test_address_through_the_network_differs_in_the_port_only(network: ChaosProxy) -> None:
    address = network.through("amqp://guest:guest@127.0.0.1:5672/a%20b")

    assert address == f"amqp://guest:guest@127.0.0.1:{network.port}/a%20b"


def _connect(network: ChaosProxy) -> socket.socket:
    return socket.create_connection(("127.0.0.1", network.port), timeout=PATIENCE)


def _echo(connection: socket.socket, data: bytes) -> bytes:
    connection.sendall(data)
    return connection.recv(1000)
