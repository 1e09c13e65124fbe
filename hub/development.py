"""Development: the secrets of docker-compose.yml, which everybody knows, and whether the hub is reached from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from urllib.parse import urlsplit

from console.settings import ConsoleSettings
from gateway.settings import GatewaySettings
from kit.settings import Settings

KNOWN = "development"
"""How every secret begins that stands in docker-compose.yml."""
THIS_MACHINE = frozenset({"", "localhost", "127.0.0.1", "::1"})


def reached_from_elsewhere(settings: Settings) -> bool:
    """Whether people reach the hub under a name that leads here from other machines."""
    names = {urlsplit(settings.public_url).hostname or "", *settings.of(GatewaySettings).hosts}
    return not names <= THIS_MACHINE


def known_secrets(settings: Settings) -> list[str]:
    """The settings that hold a secret which everybody knows."""
    return sorted({name for name, secret in _secrets(settings) if secret.startswith(KNOWN)})


def _secrets(settings: Settings) -> Iterator[tuple[str, str]]:
    for field in fields(settings):
        if field.name.endswith("_secret"):
            yield f"HUB_{field.name.upper()}", getattr(settings, field.name)
    console = settings.of(ConsoleSettings)
    yield "HUB_OIDC_CLIENT_SECRET", console.client_secret
    for secret in console.secrets:
        yield "HUB_SESSION_SECRET", secret
    yield "HUB_AMQP_URI", urlsplit(settings.amqp_uri).password or ""
    for service, url in settings.databases.items():
        yield f"HUB_DATABASE_{service.upper()}", urlsplit(url).password or ""
    for password in settings.broker_passwords.values():
        yield "HUB_BROKER_PASSWORDS", password
