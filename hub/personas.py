"""Personas: the roles of the demo, and how one signs in as one of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import click
import yaml

from gateway.sign_in.own_tokens import OwnTokens
from gateway.sign_in.settings import SignInSettings
from gateway.sign_in.signing_key import signing_key
from kit.clock import clock_of
from kit.own_files import own_folder
from kit.settings import Settings

DEMO = Path(__file__).parent / "demo"


def personas() -> dict[str, dict[str, Any]]:
    """The personas by their short names."""
    rows = yaml.safe_load((DEMO / "personas.yaml").read_text(encoding="utf-8"))
    return {row["id"].removeprefix("persona:"): row for row in rows}


def sign_in(settings: Settings, name: str, hours: int) -> str:
    """A token of the embedded hub for a persona, asked for at the command line."""
    known = personas()
    if name not in known:
        raise click.ClickException(f"there is no persona {name!r}; there are {', '.join(known)}")
    longest = settings.of(SignInSettings).longest
    if timedelta(hours=hours) > longest:
        raise click.ClickException(f"no token is accepted that lives longer than {longest} (HUB_TOKEN_LONGEST_AGE)")
    return token_of(settings, known[name], timedelta(hours=hours))


def token_of(settings: Settings, persona: dict[str, Any], lifetime: timedelta) -> str:
    """A token with which its bearer is the persona for so long."""
    own_folder(settings.home)
    return OwnTokens(signing_key(settings.home)).issue(
        persona["id"],
        name=persona["title_zh"],
        email=persona["email"],
        locale=persona["locale"],
        lifetime=lifetime,
        now=clock_of(settings.clock_file).now(),
    )
