"""Speaking: a gateway in front of a stage that is being judged."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient

from gateway.app import create_app
from gateway.graph.relay import to_global_id
from hub.settings import read_settings
from tests.gateway.graph.events.competitions.competing import Believing, CountingWire, Gateway
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.scoring.judging import Judging


@asynccontextmanager
async def speaking(
    home: Path, monkeypatch: pytest.MonkeyPatch, entries: int = 2, **rules: object
) -> AsyncIterator[tuple[Gateway, Judging, str]]:
    """The gateway, the stage behind it, and the stage's id as the graph has it."""
    monkeypatch.setenv("HUB_HOME", str(home))
    events = EventsHub()
    judging = Judging(events, entries=entries, **rules)
    wire = CountingWire(events.hub.broker)
    app = create_app(read_settings(), wire, Believing(), lambda: {"ready": True}, clock=events.clock)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url="http://hub") as client,
    ):
        yield Gateway(client, wire, events.clock), judging, to_global_id("Stage", judging.stage_id)
    events.stop()
