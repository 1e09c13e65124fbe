"""Others: servers of other software, each a process in the environment of the peers, asked for one number a turn."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
OF_GRAPHQL = ("strawberry", "ariadne", "graphene")


@contextmanager
def servers_of_graphql(page: Any) -> Iterator[dict[str, Callable[[], float]]]:
    """Each peer by name, giving the milliseconds of processor time of one page.

    Raises AssertionError where one does not give `page`, the data of our own answer to the same document.
    """
    with ExitStack() as running:
        yield {name: running.enter_context(_server(f"bench.peers.page_{name}", page)) for name in OF_GRAPHQL}


@contextmanager
def _server(module: str, page: Any) -> Iterator[Callable[[], float]]:
    command = [str(PYTHON), "-m", module]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        given, asked = process.stdout, process.stdin
        assert json.loads(given.readline()) == page, f"{module} gives another page"

        def turn() -> float:
            print(file=asked, flush=True)
            return float(given.readline())

        yield turn
        asked.close()
