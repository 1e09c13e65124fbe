"""Routes: where files go in and out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from contracts.alliances.membership.papers import PAPERS
from contracts.events.attachments.attachments import ATTACHMENTS
from contracts.events.judging.works import FILES
from contracts.uploads import PIECES
from gateway.context import Context
from gateway.transfers.downloads import Downloads
from gateway.works.answers import answering
from gateway.works.files import ATTACHMENT, PAPER, WORK, Files
from gateway.works.pieces import Pieces
from kit.clock import Clock
from kit.settings import Settings


def works_routes(
    settings: Settings, context_of: Callable[[Request], Awaitable[Context]], clock: Clock, downloads: Downloads
) -> list[BaseRoute]:
    """PUT for the pieces of an upload, GET for what became of one; all on tickets of the service whose file it is."""
    pieces = Pieces(settings, context_of, clock.now)
    kinds = {FILES: WORK, PAPERS: PAPER, ATTACHMENTS: ATTACHMENT}
    files = {place: Files(kind, settings, context_of, clock.now, downloads) for place, kind in kinds.items()}
    return [
        Route(f"{PIECES}/{{ticket}}/{{number}}", answering(pieces.put), methods=["PUT"]),
        *(Route(f"{place}/{{ticket}}", answering(each.get), methods=["GET"]) for place, each in files.items()),
    ]
