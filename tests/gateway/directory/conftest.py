"""A gateway in front of alliances, with an address of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateway.on_alliances import HUB, OnAlliances, on_alliances
from tests.services.alliances.alliances_hub import AlliancesHub


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlliancesHub]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HUB_HOME", str(tmp_path_factory.mktemp("directory")))
        hub = AlliancesHub()
    yield hub
    hub.stop()


@pytest_asyncio.fixture
async def directory(_running: AlliancesHub, home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[OnAlliances]:
    monkeypatch.setenv("HUB_PUBLIC_URL", HUB)
    _running.begin()
    async with on_alliances(_running) as directory:
        yield directory
