"""Run: the embedded hub with its gateway, from an empty folder to a page that answers."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import click
from starlette.applications import Starlette

from gateway.app import create_app
from gateway.rpc import Wire
from gateway.sign_in.own_tokens import OwnTokens
from gateway.sign_in.settings import SignInSettings
from gateway.sign_in.signing_key import signing_key
from hub.console import as_personas, console
from hub.demo.load import load_demo
from hub.embedded import EmbeddedHub, EmbeddedWire
from hub.home import alone_in
from hub.personas import personas
from hub.services import all_services
from hub.web.server import listening, serve_web
from kit.clock import Clock, clock_of
from kit.files.stores import store_at
from kit.process.room import Folders
from kit.settings import Settings
from kit.telemetry import tracing

WELCOME = """
  长三角教育协作枢纽已启动 · the Delta Hub is up:  http://{host}:{port}
  开发接口 · for developers:  http://{host}:{port}/graphql
  登录（另一终端）· sign in (another shell):        .venv/bin/hub token --as secretariat
  角色 · personas:       {personas}
  数据目录 · its folder: {home}
"""


def embedded_app(settings: Settings, hub: EmbeddedHub, clock: Clock) -> Starlette:
    """The gateway over the services of this very process; its life is theirs."""

    home, store = Folders([settings.home]), Folders(store_at(settings).folders())

    def ready() -> dict[str, Any]:
        """A store that is full stops uploads alone, and is told without being the matter of the whole hub."""
        services = hub.reports()
        ready = home.have_room() and all(report["ready"] for report in services.values())
        return {"ready": ready, "home": home.have_room(), "store": store.have_room(), "services": services}

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        try:
            async with app.state.following():
                yield
        finally:
            hub.stop()
            tracing.stop()

    wire: Wire = EmbeddedWire(hub.broker)
    tokens = OwnTokens(signing_key(settings.home), now=clock.now, longest=settings.of(SignInSettings).longest)
    pages = console(settings, as_personas(settings), clock)
    return create_app(settings, wire, tokens, ready, running, clock=clock, pages=pages)


def run_embedded(settings: Settings) -> None:
    """Migrate, load the demo data into an empty hub, and serve until told to stop."""
    if not settings.embedded:
        raise click.ClickException("HUB_AMQP_URI is set: this is for a hub in one process; run `hub gateway` instead")
    with alone_in(settings.home), listening(settings) as listener:
        clock = clock_of(settings.clock_file)
        tracing.start(settings.telemetry, "hub")
        hub = EmbeddedHub(all_services(), settings, clock)
        hub.start()
        if settings.demo:
            load_demo(hub)
        serve_web(embedded_app(settings, hub, clock), settings, listener, partial(_welcome, settings))


def _welcome(settings: Settings) -> None:
    """Says where the hub is, and who one can be, once it answers."""
    names = ", ".join(personas())
    sys.stderr.write(
        WELCOME.format(host=settings.host, port=settings.port, personas=names, home=settings.home.absolute())
    )
    sys.stderr.flush()
