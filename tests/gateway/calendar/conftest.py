"""A gateway in front of an events service of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateway.on_events import OnEvents, on_events
from tests.services.events.events_hub import EventsHub


@pytest_asyncio.fixture
async def gateway(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OnEvents]:
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    events = EventsHub()
    async with on_events(events) as gateway:
        yield gateway
    events.stop()
