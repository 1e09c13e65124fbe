"""Draw: makes commitments, and repeats published draws without the hub, so that nobody has to be believed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import click
import orjson

from contracts.refusals import InvalidInput
from procedures.draws.draw import Secret, commitment
from services.events.judging.judges.document import differences

MOST_BYTES = 10_000_000
NO_DOCUMENT = "这不是抽签公示文件 · this is no published draw: {}"


def commitment_lines(secret: str) -> Iterator[str]:
    """A secret with a fresh nonce, and the commitment that both make; without a secret, a fresh one."""
    mine = Secret(secret or secrets.token_hex(16), secrets.token_hex(32))
    yield f"secret      {mine.secret}"
    yield f"nonce       {mine.nonce}"
    yield f"commitment  {commitment(mine)}"


def fault_lines(file: Path) -> list[str]:
    """A line for each field of a published draw that does not come out as it is stated; none where all does.

    Ends the command where the file is no such document.
    """
    try:
        found = differences(_read(file))
    except InvalidInput as refusal:
        fields = ", ".join(f"{problem['field'] or ''} {problem['code']}" for problem in refusal.problems())
        raise click.ClickException(NO_DOCUMENT.format(fields)) from None
    return [
        f"{each.field}: 文件所载 · stated {_shown(each.stated)}，重算所得 · found {_shown(each.found)}"
        for each in found
    ]


def _read(file: Path) -> dict[str, object]:
    try:
        if file.stat().st_size > MOST_BYTES:
            raise click.ClickException(NO_DOCUMENT.format("too long"))
        value = orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise click.ClickException(NO_DOCUMENT.format(error)) from None
    if not isinstance(value, dict):
        raise click.ClickException(NO_DOCUMENT.format("not an object"))
    return value


def _shown(value: object) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= 200 else f"{text[:200]}…"
