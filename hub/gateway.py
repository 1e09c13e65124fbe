"""Gateway: the gateway as a process of its own on RabbitMQ."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import click
import httpx
from prometheus_client import start_http_server
from starlette.applications import Starlette

from gateway.amqp_wire import AmqpWire
from gateway.app import create_app
from gateway.executor import Pages
from gateway.settings import GatewaySettings
from gateway.sign_in.discovery import issuer_client
from gateway.sign_in.oidc import OidcTokens
from gateway.sign_in.own_tokens import OwnTokens
from gateway.sign_in.settings import SignInSettings
from gateway.sign_in.signing_key import signing_key
from hub.console import at_issuer, console, missing
from hub.web.server import listening, serve_web
from kit.clock import clock_of
from kit.own_files import own_folder
from kit.settings import Settings
from kit.telemetry import metrics, tracing
from kit.telemetry.logs import log
from kit.wire.agreed_keys import public_of
from kit.wire.call_keys import UnusableCallKey, given, private_key
from kit.wire.signing import Signer


def gateway_app(settings: Settings) -> Starlette:
    """The gateway over RabbitMQ; tokens are those of the OpenID Connect issuer if one is set, else the hub's own."""
    own = settings.of(GatewaySettings)
    wire = AmqpWire(settings.amqp_uri, _signer(own), reply_queues=own.reply_queues)
    http = issuer_client()

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        await wire.start()
        try:
            async with app.state.following():
                yield
        finally:
            await wire.close()
            await http.aclose()
            tracing.stop()

    metrics.BUILD.labels(settings.telemetry.version).set(1)
    for gauge in (metrics.READY, metrics.BROKER_CONNECTED):
        gauge.set_function(lambda: int(wire.connected()))

    def ready() -> dict[str, Any]:
        return {"ready": wire.connected(), "broker": wire.connected()}

    given = settings.of(SignInSettings)
    if given.issuer:
        issued = OidcTokens(given.issuer, given.audience, http=http, longest=given.longest)
        return create_app(settings, wire, issued, ready, running, fanout=wire, pages=_pages(settings, http))
    own_folder(settings.home)
    tokens = OwnTokens(signing_key(settings.home), longest=given.longest)
    return create_app(settings, wire, tokens, ready, running, fanout=wire)


def _pages(settings: Settings, http: httpx.AsyncClient) -> Pages | None:
    """The console, where the settings have all that it needs to sign people in."""
    absent = missing(settings)
    if absent:
        log(__name__).warning("no console is served: settings are missing", missing=", ".join(absent))
    return console(settings, at_issuer(settings, http), clock_of(settings.clock_file)) if absent == [] else None


def _signer(own: GatewaySettings) -> Signer:
    """The hand that signs this gateway's calls; ends the command where there is no key."""
    services = {service: public_of(text) for service, text in own.service_keys.items()}
    try:
        return Signer(private_key(given(own.call_key, "HUB_CALL_KEY")), services)
    except UnusableCallKey as unusable:
        raise click.ClickException(str(unusable)) from None


def _serve_metrics(settings: Settings) -> None:
    """On a thread and a port of its own, which the public does not reach."""
    try:
        start_http_server(settings.health_port, settings.host)
    except OSError as error:
        raise click.ClickException(f"HUB_HEALTH_PORT {settings.health_port}: {error.strerror}") from None


def run_gateway(settings: Settings) -> None:
    """Serve until told to stop."""
    if settings.embedded:
        raise click.ClickException("HUB_AMQP_URI is not set: `hub run` serves a hub in one process")
    with listening(settings) as listener:
        tracing.start(settings.telemetry, "gateway")
        app = gateway_app(settings)
        if settings.health_port:
            _serve_metrics(settings)
        serve_web(app, settings, listener)
