"""Edge: what stands between every request and the endpoints, from the outside in."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute

from gateway.edge.crowd import Crowd
from gateway.edge.guarded import Guarded
from gateway.edge.hosts import Hosts
from gateway.observed import Observed
from gateway.settings import GatewaySettings
from kit.settings import Settings

ASKING = ("authorization", "accept-language", "content-type", "graphql-require-preflight")
SENDING = ("content-digest", "repr-digest")
PREFLIGHT = 7_200
"""Seconds for which a browser need not ask again whether a page may ask: the longest that any keeps."""


def edge(settings: Settings, routes: Sequence[BaseRoute]) -> list[Middleware]:
    """Counted and timed, guarded against the browser's guesses, under our own name, not all at once, from pages we know."""
    own = settings.of(GatewaySettings)
    return [
        Middleware(Observed, routes=routes),
        Middleware(Guarded, address=settings.address),
        Middleware(Hosts, named=own.hosts, address=settings.address),
        Middleware(Crowd, most=own.requests, of_one=own.address_requests),
        Middleware(
            CORSMiddleware,
            allow_origins=own.allowed_origins,
            allow_methods=["GET", "POST", "PUT"],
            allow_headers=[*ASKING, *SENDING],
            expose_headers=["content-disposition", "retry-after"],
            max_age=PREFLIGHT,
        ),
    ]
