"""A projects service for each test, in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.projects.projects_hub import ProjectsHub


@pytest.fixture
def projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProjectsHub]:
    monkeypatch.setenv("HUB_HOME", str(tmp_path))
    hub = ProjectsHub()
    yield hub
    hub.stop()
