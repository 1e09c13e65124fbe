"""An entry that competes while works are taken, with its files in a folder or, where a test asks, in a bucket."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.s3 import ObjectStore
from tests.services.events.events_hub import EventsHub
from tests.services.events.judging.works.handing_in import Entered, entered


@pytest.fixture
def entry(request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Entered]:
    if getattr(request, "param", "folder") == "bucket":
        server: ObjectStore = request.getfixturevalue("object_store")
        monkeypatch.setenv("HUB_STORE", server.bucket())
        monkeypatch.setenv("HUB_STORE_KEY", "key")
        monkeypatch.setenv("HUB_STORE_SECRET", "secret")
    hub = EventsHub()
    yield entered(hub)
    hub.stop()
