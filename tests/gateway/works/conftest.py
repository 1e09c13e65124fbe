"""A gateway whose files lie in a folder or, where a test asks, in a bucket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.gateway.works.sending import WorksGateway, works_gateway
from tests.servers.s3 import ObjectStore


@pytest_asyncio.fixture
async def gateway(
    request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[WorksGateway]:
    if getattr(request, "param", "folder") == "bucket":
        server: ObjectStore = request.getfixturevalue("object_store")
        monkeypatch.setenv("HUB_STORE", server.bucket())
        monkeypatch.setenv("HUB_STORE_KEY", "key")
        monkeypatch.setenv("HUB_STORE_SECRET", "secret")
    async with works_gateway() as gateway:
        yield gateway
