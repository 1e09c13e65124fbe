"""An events service in a home of its own, and a gateway in front of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateway.counted import CountedHub
from tests.gateway.on_events import OnEvents, on_events
from tests.services.events.events_hub import EventsHub


@pytest.fixture
def events(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EventsHub]:
    monkeypatch.setenv("HUB_RPC_TIMEOUT", "60")  # a call of a test waits as long as it takes
    hub = EventsHub()
    yield hub
    hub.stop()


@pytest_asyncio.fixture
async def gateway(events: EventsHub) -> AsyncIterator[OnEvents]:
    async with on_events(events) as gateway:
        yield gateway


@pytest.fixture
def counted(home: Path) -> Iterator[CountedHub]:
    """A whole hub whose calls and statements are counted."""
    counted = CountedHub()
    counted.start()
    yield counted
    counted.hub.stop()
