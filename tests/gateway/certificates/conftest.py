"""The font of certificates, installed first where it is missing, and a gateway in front of events."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from kit.fonts.settings import OTHERS, FontSettings
from tests.gateway.certificates.desk import Desk, desk_at
from tests.servers.install import FONT, FONTS, install, require
from tests.services.events.events_hub import EventsHub


@pytest.fixture(scope="session")
def font() -> Path:
    return require(FONT)


@pytest.fixture(scope="session")
def fonts(font: Path) -> FontSettings:
    """All that the hub prints with, installed first where one is missing."""
    install(FONTS)
    return FontSettings(font, OTHERS)


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
