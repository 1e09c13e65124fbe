"""A projects service for each test, in a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.projects.projects_hub import ProjectsHub


@pytest.fixture
def projects(home: Path) -> Iterator[ProjectsHub]:
    hub = ProjectsHub()
    yield hub
    hub.stop()
