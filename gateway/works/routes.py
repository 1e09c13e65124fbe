"""Routes: where the files of works go in and out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from contracts.events.judging.works import FILES
from contracts.uploads import PIECES
from gateway.context import Context
from gateway.transfers.downloads import Downloads
from gateway.works.answers import answering
from gateway.works.files import Files
from gateway.works.pieces import Pieces
from kit.clock import Clock
from kit.settings import Settings


def works_routes(
    settings: Settings, context_of: Callable[[Request], Awaitable[Context]], clock: Clock, downloads: Downloads
) -> list[BaseRoute]:
    """PUT for the pieces of an upload, GET for a file; both on tickets of the events service."""
    pieces = Pieces(settings, context_of, clock.now)
    files = Files(settings, context_of, clock.now, downloads)
    return [
        Route(f"{PIECES}/{{ticket}}/{{number}}", answering(pieces.put), methods=["PUT"]),
        Route(f"{FILES}/{{ticket}}", answering(files.get), methods=["GET"]),
    ]
