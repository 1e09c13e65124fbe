"""Sizes: how much each question does in a turn, as a setting with what it means, and what is enough for a quick look."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass

CHOSEN = "BENCH_SIZES"  # how `python -m bench --size` tells the questions, as JSON


@dataclass(frozen=True)
class Size:
    """The usual size, a quick one, and what is counted."""

    usual: int
    quick: int
    what: str


SIZES: Mapping[str, Size] = {
    "executor_pages": Size(50, 20, "pages in process"),
    "page_seconds": Size(3, 1, "seconds for which clients ask for the page over HTTP"),
    "rpc_milliseconds": Size(1500, 500, "milliseconds of calls, behind a warm-up"),
    "start_seconds": Size(10, 3, "seconds over which a hub at rest is watched"),
    "embedded_each": Size(100, 20, "queries, and commands, in process"),
    "entries_calls": Size(1000, 200, "entries of 50 clients"),
    "notice_commands": Size(40, 10, "commands at rest that tell one person each"),
    "depth_rounds": Size(4, 1, "times 500 messages that wait for notify"),
    "broadcast_people": Size(100_000, 2_000, "people who are told of one message"),
    "mail_letters": Size(400, 100, "e-mails"),
    "statements_timed": Size(50, 10, "queries, steps and entries whose processor time is taken"),
    "telemetry_seconds": Size(2, 1, "seconds for which each hub is asked"),
    "costs_number": Size(200, 20, "pages, commands and notices, measured once"),
    "console_pages": Size(20, 3, "times each page of the console is opened"),
    "growth_least": Size(1_000, 1_000, "rows of the tables that grow, in the small database"),
    "growth_most": Size(100_000, 10_000, "rows of the same in the large database"),
    "registry_least": Size(1_000, 1_000, "organisations in the small registry, with six memberships each"),
    "registry_most": Size(50_000, 5_000, "organisations in the large one"),
    "registry_rows": Size(2_000, 200, "rows of the sheet of members that is imported"),
}


def size(name: str) -> int:
    """As chosen for this run, or the usual one."""
    return int(chosen().get(name, SIZES[name].usual))


def chosen() -> dict[str, int]:
    """The sizes that are not the usual ones."""
    found: dict[str, int] = json.loads(os.environ.get(CHOSEN, "{}"))
    return found


def choose(sizes: Mapping[str, int], *, quick: bool) -> None:
    """For this process and those that it starts; raises KeyError where there is no size of such a name."""
    unknown = sizes.keys() - SIZES.keys()
    if unknown:
        raise KeyError(f"there is no size {', '.join(sorted(unknown))}: {', '.join(SIZES)}")
    few = {name: each.quick for name, each in SIZES.items()} if quick else {}
    os.environ[CHOSEN] = json.dumps(few | dict(sizes))
