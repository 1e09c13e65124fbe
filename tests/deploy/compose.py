"""Compose: the compose file as a test sees it, with the defaults in their places, and its processes without containers."""

from __future__ import annotations

import re
from typing import Any

import yaml

from tests.house.sources import ROOT

FILE = ROOT / "docker-compose.yml"
FOLDER = ROOT / "deploy" / "compose"
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")
PROCESSES = ("projects", "alliances", "events", "notify", "gateway")
MIGRATIONS = tuple(f"migrate-{name}" for name in PROCESSES[:-1])


def defaults() -> dict[str, str]:
    """Every variable with its default."""
    return dict(VARIABLE.findall(FILE.read_text(encoding="utf-8")))


def composition() -> dict[str, Any]:
    """The whole file as `docker compose config` shows it where no .env is."""
    document: dict[str, Any] = yaml.safe_load(VARIABLE.sub(r"\2", FILE.read_text(encoding="utf-8")))
    return document


def services() -> dict[str, dict[str, Any]]:
    """Every service by its name."""
    found: dict[str, dict[str, Any]] = composition()["services"]
    return found


def environment(name: str) -> dict[str, str]:
    """What a service is given; a setting without a value comes from .env and is absent without one."""
    given = services()[name].get("environment", {})
    return {key: str(value) for key, value in given.items() if value is not None}
