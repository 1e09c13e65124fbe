"""Organisations that can agree on projects."""

from __future__ import annotations

import pytest

from tests.services.projects.cooperation.agreements.agreeing import Agreeing
from tests.services.projects.projects_hub import ProjectsHub


@pytest.fixture
def agreeing(projects: ProjectsHub) -> Agreeing:
    return Agreeing(projects)
