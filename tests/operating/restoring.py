"""Restoring: backs up and restores one service's database, and counts how often each fact was told."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.faults import ledger
from tests.running import season
from tests.running.client import Client
from tests.running.processes import RunningHub, wait_until
from tests.servers.install import POSTGRESQL, require
from tests.servers.postgres import USER, PostgreSQL

AT_ONCE = 5
TOLD = """SELECT a.facts->>'reason', count(*) FROM notices n JOIN announcements a USING (message_id, rule)
  WHERE a.facts->>'reason' LIKE '事由%' GROUP BY 1"""


@dataclass(frozen=True)
class Backup:
    """A dump of one database, and the moment before it was begun (ISO 8601)."""

    at: str
    dump: bytes


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def backup(server: PostgreSQL, database: str) -> Backup:
    at = now()
    return Backup(at, _run(server, "pg_dump", "--format=custom", database))


def restore(server: PostgreSQL, database: str, taken: Backup) -> None:
    """Put the database back as it was, with its owner, whoever is connected to it."""
    server.drop_database(database)
    _run(server, "createdb", f"--owner={database}", database)
    _run(server, "pg_restore", f"--dbname={database}", f"--role={database}", "--no-owner", stdin=taken.dump)


def _run(server: PostgreSQL, program: str, *arguments: str, stdin: bytes = b"") -> bytes:
    environ = {"PATH": os.environ["PATH"], "PGHOST": "127.0.0.1", "PGPORT": str(server.port), "PGUSER": USER}
    command = [str(require(POSTGRESQL).parent / program), *arguments]
    return subprocess.run(command, env=environ, input=stdin, check=True, capture_output=True, timeout=60).stdout


class Facts:
    """Facts that one person is told of by notice and by mail, each known by the reason that it gives."""

    def __init__(self, hub: RunningHub, person: str) -> None:
        self._hub = hub
        alliance = season.found(hub, f"{person}联盟", "secretariat")
        self._membership = season.admit(hub, alliance, season.register(hub, person), "secretariat")
        self.reasons: list[str] = []

    def happen(self) -> None:
        """Suspend and resume the membership a few times."""
        secretariat = Client(self._hub, "secretariat")
        for _ in range(AT_ONCE):
            self.reasons.append(f"事由{len(self.reasons):03d}")
            secretariat.do("suspendMember", "", membershipId=self._membership, reason=self.reasons[-1])
            secretariat.do("resumeMember", "", membershipId=self._membership)

    def wait_until_told(self) -> str:
        """Return once a mail about every fact was sent, with the moment."""
        wait_until(lambda: set(self.mails()) == set(self.reasons), 60, "not every fact was told by mail")
        return now()

    def mails(self) -> Counter[str]:
        """How many mails were sent about each fact."""
        texts = [str(mail.message.get_body(("plain",)).get_content()) for mail in self._hub.mail.mails]  # type: ignore[union-attr]
        return Counter(reason for reason in self.reasons for text in texts if reason in text)

    def notices(self) -> Counter[str]:
        """How many notices stand about each fact."""
        return Counter(dict(map(tuple, ledger.rows(self._hub, "notify", TOLD))))
