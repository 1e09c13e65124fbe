"""Two releases: N-1 and N of every process work side by side under traffic, on the way forward and on the way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from kit.settings import SERVICES
from tests.faults import ledger
from tests.operating.next_release import MIGRATED, WEBSITE, next_release
from tests.operating.traffic import Traffic
from tests.running.fixtures import distributed
from tests.running.processes import running
from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

BESIDE = 1.0  # seconds for which both releases of a process run


@pytest.mark.live
@pytest.mark.timeout(300)
def test_a_release_is_rolled_out_and_back_without_an_error(
    tmp_path: Path, rabbitmq: RabbitMQ, postgres: PostgreSQL
) -> None:
    following = next_release(tmp_path / "next")
    with running(distributed(tmp_path, rabbitmq, postgres)) as hub:
        with Traffic(hub) as traffic:
            migrated = hub.command("migrate", code=following)
            for name in (*SERVICES, "gateway"):
                hub.roll(name, following, beside=BESIDE)
            once_more = hub.command("migrate")
            for name in ("gateway", *reversed(SERVICES)):
                hub.roll(name, beside=BESIDE)

        ledger.wait_until_settled(hub)
        websites = ledger.rows(hub, "projects", "SELECT website, count(*) FROM organizations GROUP BY 1")
        print(f"\n{traffic.reads} reads, {len(traffic.written)} writes, longest {traffic.longest:.2f} s; {websites}")
        assert traffic.failures == []
        assert migrated == once_more
        assert migrated.count(": next\n") == len(MIGRATED)
        assert {website for website, _ in websites} == {None, WEBSITE}
        assert ledger.rows(hub, "projects", "SELECT name_zh FROM organizations ORDER BY 1") == ledger.rows(
            hub, "alliances", "SELECT name_zh FROM organizations ORDER BY 1"
        )
