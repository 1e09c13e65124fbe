"""What hostile trials against a whole hub stand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gateway.counted import CountedHub


@pytest.fixture
def counted(home: Path) -> Iterator[CountedHub]:
    """A whole embedded hub whose calls and statements are counted."""
    counted = CountedHub()
    counted.start()
    yield counted
    counted.hub.stop()
