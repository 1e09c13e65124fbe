"""Services: the four service classes by name."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from kit.calls.service import Service
from kit.settings import SERVICES


def service_class(name: str) -> type[Service]:
    """The class of a service; only its own code is imported."""
    module = import_module(f"services.{name}.service")
    return cast("type[Service]", getattr(module, f"{name.capitalize()}Service"))


def all_services() -> list[type[Service]]:
    return [service_class(name) for name in SERVICES]
