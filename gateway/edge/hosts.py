"""Hosts: the names under which the hub answers, so that no page makes a name of its own lead here (DNS rebinding)."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from gateway.edge.refusing import refuse
from gateway.observed import UNWATCHED
from gateway.protocol.faults import Fault


class Hosts:
    """ASGI middleware. `named` are the names that are meant; where there are none, every address without a name that somebody
    could have registered is: a number, or a word without a dot. The name in `address` is always one of them.

    Who watches may ask under any name: a cluster asks under numbers.
    """

    def __init__(self, app: ASGIApp, *, named: Collection[str], address: str) -> None:
        self._app = app
        self._names = {name.lower() for name in named} | {urlsplit(address).hostname or ""}
        self._unregistered = not named

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] in UNWATCHED:
            await self._app(scope, receive, send)
            return
        given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        if len(given) != 1:
            await refuse(Fault("ONE_HOST"), scope, receive, send)
        elif not self._is_ours(_without_port(given[0])):
            await refuse(Fault("MISDIRECTED", status=421), scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_ours(self, name: str) -> bool:
        return name in self._names or (self._unregistered and ("." not in name or _is_number(name)))


def _without_port(host: str) -> str:
    name, colon, port = host.rpartition(":")
    known = name if colon and port.isdecimal() and not name.endswith(":") else host
    return known.strip("[]").lower()


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
