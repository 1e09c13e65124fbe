"""Who can sign in to the pages as a persona: whoever is on this machine, and nobody who comes from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from gateway.settings import GatewaySettings
from hub.console import as_personas
from hub.personas import personas
from hub.settings import read_settings
from kit.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(read_settings(), home=tmp_path, host="127.0.0.1", public_url="", demo=True)


def test_on_this_machine_every_persona_is_offered(settings: Settings) -> None:
    assert [each.name for each in as_personas(settings).personas] == list(personas())


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.7"])
def test_from_elsewhere_none_is(settings: Settings, host: str) -> None:
    named = settings.having(replace(settings.of(GatewaySettings), hosts=("hub.example.cn",)))

    for reached in (replace(settings, host=host), replace(settings, public_url="https://hub.example.cn"), named):
        assert list(as_personas(reached).personas) == []


def test_where_nothing_is_a_demo_none_is(settings: Settings) -> None:
    assert list(as_personas(replace(settings, demo=False)).personas) == []
