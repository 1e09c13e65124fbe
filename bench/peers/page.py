"""Page of the peers: how a server of GraphQL is asked for the page of `bench/executor_page.py`, turn by turn.

A peer says what page it gives, then answers each line of its input with the milliseconds of processor time of one page.
"""

import asyncio
import json
import sys
import time
from base64 import b64encode
from collections.abc import Awaitable, Callable
from typing import Any

import orjson

PAGES = 50  # in one turn

Ask = Callable[[], Awaitable[Any]]


def serve(ask: Ask) -> None:
    """Answer until the input ends; `ask` gives the answer to the document as data, which is serialised by orjson."""
    with asyncio.Runner() as runner:
        print(json.dumps(runner.run(ask())), flush=True)
        for _ in sys.stdin:
            print(runner.run(_milliseconds(ask)), flush=True)


async def _milliseconds(ask: Ask) -> float:
    began = time.process_time()
    for _ in range(PAGES):
        orjson.dumps(await ask())
    return (time.process_time() - began) / PAGES * 1000


def global_id(organization: dict[str, Any]) -> str:
    """As the hub has it, and Relay's servers."""
    return b64encode(f"Organization:{organization['id']}".encode()).decode()
