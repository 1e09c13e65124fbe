"""Web: serves the gateway's application over HTTP and WebSocket until told to stop."""

from __future__ import annotations

import uvicorn
from starlette.applications import Starlette

from kit.settings import Settings

LARGEST_MESSAGE = 65_536  # bytes on a socket


def serve_web(app: Starlette, settings: Settings) -> None:
    """On SIGTERM no new request is taken, and those that run have the drain time to end."""
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        ws_per_message_deflate=False,
        timeout_graceful_shutdown=int(settings.drain),
    )
