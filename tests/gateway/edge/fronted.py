"""Fronted: the whole gateway over services that answer nothing, with settings of a test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette

from gateway.app import create_app
from gateway.settings import GatewaySettings
from gateway.sign_in.own_tokens import OwnTokens
from hub.settings import read_settings
from tests.gateway.scripted import ScriptedServices

OURS = "https://hub.example.org"


def gateway(public_url: str = OURS, **own: Any) -> Starlette:
    settings = replace(read_settings(), public_url=public_url)
    settings = settings.having(replace(settings.of(GatewaySettings), **own))
    tokens = OwnTokens(Ed25519PrivateKey.generate())
    return create_app(settings, ScriptedServices(), tokens, lambda: {"ready": True})


@asynccontextmanager
async def fronted(base_url: str = OURS, public_url: str = OURS, **own: Any) -> AsyncIterator[AsyncClient]:
    app = gateway(public_url, **own)
    async with (
        app.router.lifespan_context(app),
        AsyncClient(transport=ASGITransport(app), base_url=base_url) as client,
    ):
        yield client
