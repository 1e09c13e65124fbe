"""Attack: fuzzers against the parsers and against a running hub, for as long as one has time; `make attack` runs it.

    python -m tests.hostile.attack --seconds 60 --examples 2000

Prints a line for each and what it found; ends with 1 if anything was found.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click

from tests.hostile.asking import documents, faults
from tests.hostile.parsers import PARSERS
from tests.running.client import Client
from tests.running.processes import RunningHub, running

LAST = 3_000  # characters of what a fuzzer has printed


@click.command()
@click.option("--seconds", default=60, show_default=True, help="of each parser")
@click.option("--examples", default=2_000, show_default=True, help="documents over the whole schema, for each who asks")
def main(*, seconds: int, examples: int) -> None:
    """Try everything, and say what was found."""
    found = [name for name, said in (*_parsers(seconds), *_schema(examples)) if said]
    click.echo(f"{len(found)} findings: {', '.join(found) or 'none'}")
    sys.exit(bool(found))


def _parsers(seconds: int) -> Iterator[tuple[str, str]]:
    for name in PARSERS:
        yield _tried(f"parser {name}", [sys.executable, "-m", "tests.hostile.fuzz", name, str(seconds)])


def _schema(examples: int) -> Iterator[tuple[str, str]]:
    """Operations of every shape, by a visitor and by the hub office, against a hub of its own."""
    with tempfile.TemporaryDirectory(prefix="delta-hub-attack-") as folder, running(RunningHub(Path(folder))) as hub:
        for persona in (None, "hub-office"):
            who, client = persona or "a visitor", Client(hub, persona)
            said = [
                f"{document}\n{found}" for document in documents(examples) if (found := faults(client.answer(document)))
            ]
            click.echo(f"schema as {who}: {examples} documents, {len(said)} findings")
            yield f"schema as {who}", "\n".join(said)[:LAST]


def _tried(name: str, command: list[str]) -> tuple[str, str]:
    """Its name, and the end of what it printed if it found something."""
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    said = run.stdout[-LAST:] if run.returncode else ""
    click.echo(f"{name}: {'found' if said else run.stdout.strip().splitlines()[-1]}\n{said}".rstrip())
    return name, said


if __name__ == "__main__":
    main()
