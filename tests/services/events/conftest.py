"""An events service for each test, in a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.events.events_hub import EventsHub


@pytest.fixture
def events(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EventsHub]:
    monkeypatch.setenv("HUB_JOB_WAIT", "25")  # a call of a test waits as long as it takes
    hub = EventsHub()
    yield hub
    hub.stop()
