"""Two releases: rolls a hub from one release to another and back under traffic, each process beside its successor.

`python -m tests.operating.two_releases FOLDER` does it with the source of another release in FOLDER (made by `git archive`) and
this one, on servers of its own, and prints the figures; it fails where any request failed.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from kit.settings import ACCEPT, SERVICES
from tests.faults import ledger
from tests.operating.deployed import deployed
from tests.operating.traffic import Traffic
from tests.running.processes import ROOT, RunningHub, running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

BESIDE = 0.5  # seconds for which both releases of a process run, and each takes its share


@dataclass
class Rolled:
    """What came of it: the traffic, the seconds that each old process took to end, and what migrating said, both times."""

    traffic: Traffic
    migrated: str = ""
    migrated_again: str = ""
    seconds: dict[str, float] = field(default_factory=dict)

    def figures(self) -> str:
        ends = ", ".join(f"{name} {took:.1f} s" for name, took in self.seconds.items())
        reads, writes = self.traffic.reads, len(self.traffic.written)
        return f"{reads} reads, {writes} writes, longest {self.traffic.longest:.2f} s; ended after: {ends}"


def roll_out_and_back(hub: RunningHub, following: Path) -> Rolled:
    """From the release that runs to the one in `following` and back; the gateway is new last and old first again."""
    with Traffic(hub) as traffic:
        rolled = Rolled(traffic, migrated=hub.command("migrate", code=following))
        for name in (*SERVICES, "gateway"):
            rolled.seconds[f"{name} N-1"] = hub.roll(name, following, beside=BESIDE)
        rolled.migrated_again = hub.command("migrate")
        for name in ("gateway", *reversed(SERVICES)):
            rolled.seconds[f"{name} N"] = hub.roll(name, beside=BESIDE)
    ledger.wait_until_settled(hub)
    return rolled


def main(last: Path) -> None:
    """Roll from the release in `last` to this one and back."""
    broker, server = RabbitMQ(), PostgreSQL(tls=True)
    for started in (broker, server):
        started.start()
    try:
        with tempfile.TemporaryDirectory() as home:
            hub = deployed(Path(home), broker, server, "releases", HUB_UNSIGNED_CALLS=ACCEPT)
            hub.code = last
            with running(hub):
                rolled = roll_out_and_back(hub, ROOT)
    finally:
        for started in (broker, server):
            started.remove()
    print(rolled.figures())
    assert rolled.traffic.failures == [], rolled.traffic.failures


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
