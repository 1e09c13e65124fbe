"""Result: whether a result that somebody has saved is the one that was signed, worked out without a hub."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
import orjson

from services.events.judging.results.verifying import NotAResult, findings


def verify_result(file: Path) -> Iterator[str]:
    """One line a finding; ends with a ClickException where anything is not as the file states."""
    try:
        found = findings(orjson.loads(file.read_bytes()))
    except (orjson.JSONDecodeError, NotAResult, RecursionError) as error:
        raise click.ClickException("这不是成绩文件 · this is no document of a result") from error
    for finding in found:
        mark = "✓" if finding.holds else "✗"
        yield f"{mark} {finding.zh} · {finding.en}: {finding.value}"
    if not all(finding.holds for finding in found):
        raise click.ClickException("与文件所述不符 · not as the file states")
