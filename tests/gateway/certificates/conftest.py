"""The font of certificates, installed first where it is missing, and a gateway in front of events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateway.certificates.desk import Desk, desk_at
from tests.servers.install import FONT, require
from tests.services.events.events_hub import EventsHub


@pytest.fixture(scope="session")
def font() -> Path:
    return require(FONT)


@pytest.fixture
def events(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EventsHub]:
    monkeypatch.setenv("HUB_PUBLIC_URL", "https://hub.example.cn/")
    hub = EventsHub()
    yield hub
    hub.stop()


@pytest_asyncio.fixture
async def desk(events: EventsHub, font: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setenv("HUB_FONT", str(font))
    async with desk_at(events) as desk:
        yield desk
