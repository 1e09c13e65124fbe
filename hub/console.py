"""Console: the hub's pages in front of its gateway, with the way in which people sign in here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import httpx
from starlette.routing import BaseRoute

from console.app import console_routes
from console.assets import Assets
from console.oidc.at_issuer import AtIssuer
from console.oidc.client import Client
from console.rendering import Rendering
from console.sessions import Sessions
from console.settings import ConsoleSettings
from console.setup import Setup
from console.way import Persona, Way
from gateway.executor import Executor, Pages
from gateway.sign_in.settings import SignInSettings
from hub.development import THIS_MACHINE, reached_from_elsewhere
from hub.personas import personas, token_of
from kit.clock import Clock, SystemClock
from kit.own_files import own_folder
from kit.own_secret import own_secret
from kit.settings import Settings

SIGNED_IN = timedelta(hours=12)
"""For which a persona stays signed in, unless tokens live shorter here."""
SECRET_FILE = "session-secret"


def console(settings: Settings, way: Way, clock: Clock) -> Pages:
    """The pages, for `create_app`."""
    sessions = Sessions(*_secrets(settings), secure=_secure(settings))

    def pages(executor: Executor) -> Sequence[BaseRoute]:
        assets = Assets()
        setup = Setup(executor, Rendering(assets), sessions, way, settings.origin, clock)
        return console_routes(setup, assets)

    return pages


def at_issuer(settings: Settings, http: httpx.AsyncClient) -> Way:
    """At the OpenID Connect issuer whose tokens the gateway takes; the caller closes `http`."""
    given = settings.of(SignInSettings)
    client = Client(given.issuer, settings.of(ConsoleSettings), settings.origin, http)
    return Way(
        issuer=AtIssuer(
            client, _secrets(settings), secure=_secure(settings), longest=given.longest, now=SystemClock().now
        )
    )


def missing(settings: Settings) -> list[str] | None:
    """The settings without which `hub gateway` serves no console though others name one; None where none does."""
    own = settings.of(ConsoleSettings)
    if not (own.client_id or own.client_secret or own.secrets):
        return None
    needed = {
        "HUB_OIDC_ISSUER": settings.of(SignInSettings).issuer,
        "HUB_OIDC_CLIENT_ID": own.client_id,
        "HUB_SESSION_SECRET": own.secrets,
        "HUB_PUBLIC_URL": settings.public_url,
    }
    return [name for name, value in needed.items() if not value]


def shortages(settings: Settings) -> Iterator[str]:
    """What to do where a gateway by itself was given some of the console's settings; "" where it has all that it needs."""
    absent = None if settings.embedded else missing(settings)
    if absent is not None:
        yield f"未设置 {', '.join(absent)}，不提供网页控制台 · unset: no console is served" if absent else ""


def as_personas(settings: Settings) -> Way:
    """As one of the demo's personas, by a token that the hub itself issues: in a demo, for whoever asks from this machine.

    Every account on the machine can sign in so, also one that could not have read the key for `hub token`.
    """
    rows = personas() if settings.demo and not _reached_from_elsewhere(settings) else {}
    shown = [Persona(name, row["title_zh"], row["title_en"]) for name, row in rows.items()]
    lifetime = min(SIGNED_IN, settings.of(SignInSettings).longest)
    return Way(shown, lambda name: token_of(settings, rows[name], lifetime))


def _secrets(settings: Settings) -> tuple[str, ...]:
    return settings.of(ConsoleSettings).secrets or (own_secret(own_folder(settings.home), SECRET_FILE),)


def _secure(settings: Settings) -> bool:
    return settings.address.startswith("https://")


def _reached_from_elsewhere(settings: Settings) -> bool:
    return settings.host not in THIS_MACHINE - {""} or reached_from_elsewhere(settings)
