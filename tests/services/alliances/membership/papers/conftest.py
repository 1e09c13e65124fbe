"""An organisation that is about to apply to an alliance whose charter asks for papers."""

from __future__ import annotations

import pytest

from tests.services.alliances.alliances_hub import AlliancesHub
from tests.services.alliances.membership.papers.applying import Applicant, an_applicant


@pytest.fixture
def applicant(alliances: AlliancesHub) -> Applicant:
    return an_applicant(alliances)
