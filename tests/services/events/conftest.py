"""An events service for each test, in a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.events.events_hub import EventsHub


@pytest.fixture
def events(home: Path) -> Iterator[EventsHub]:
    hub = EventsHub()
    yield hub
    hub.stop()
