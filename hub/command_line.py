"""Command line: what several commands do alike: read the settings, write a generated file or only compare it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hub.settings import read_settings
from kit.settings import Settings, SettingsError
from kit.telemetry.logs import configure

ROOT = Path(__file__).parent.parent


def settings_or_exit() -> Settings:
    """The settings of this run; a wrong one ends the command with a sentence instead of a traceback."""
    try:
        settings = read_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None
    configure(settings.log_level)
    return settings


def write_or_compare(path: Path, text: str, check: bool) -> None:
    """Write a generated file; with `check` only see that it is what would be written, else end the command."""
    if not check:
        path.write_text(text, encoding="utf-8")
    elif not path.exists() or path.read_text(encoding="utf-8") != text:
        click.echo(
            f"{path.relative_to(ROOT)} is not what the code says: run the same command without --check", err=True
        )
        sys.exit(1)
