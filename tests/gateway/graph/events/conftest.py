"""A gateway in front of alliances and events, in this process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateway.graph.events.competitions.competing import Gateway, gateway_on


@pytest_asyncio.fixture
async def gateway(home: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gateway]:
    monkeypatch.setenv("HUB_RPC_TIMEOUT", "30")  # other tests may have the machine
    async with gateway_on() as gateway:
        yield gateway
