"""A hub as it is deployed, under traffic: traced, upgraded and back, restored, watched by Prometheus; no request fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from kit.settings import SERVICES
from tests.deploy.promtool import groups
from tests.faults import ledger
from tests.operating.deployed import deployed, role_url
from tests.operating.next_release import MIGRATED, MOTTO, next_release
from tests.operating.restoring import Facts, backup, now, restore
from tests.operating.traffic import Traffic
from tests.operating.two_releases import roll_out_and_back
from tests.running import season
from tests.running.collector import Collector, tree
from tests.running.processes import RunningHub, running, wait_until
from tests.servers.fixtures import revived
from tests.servers.postgres import PostgreSQL
from tests.servers.prometheus import Prometheus
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.smtp import MailServer

Recording = Callable[[str, object], None]

pytestmark = [pytest.mark.live, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def collector() -> Iterator[Collector]:
    collector = Collector()
    collector.start()
    yield collector
    collector.stop()


@pytest.fixture(scope="module")
def database_server() -> Iterator[PostgreSQL]:
    server = PostgreSQL(tls=True)
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="module")
def broker(_broker: RabbitMQ) -> RabbitMQ:
    return revived(_broker)


@pytest.fixture(scope="module")
def hub(
    tmp_path_factory: pytest.TempPathFactory, broker: RabbitMQ, database_server: PostgreSQL, collector: Collector
) -> Iterator[RunningHub]:
    mail = MailServer()
    mail.start()
    settings = {
        "HUB_SMTP_HOST": "127.0.0.1",
        "HUB_SMTP_PORT": str(mail.port),
        "HUB_OTLP_ENDPOINT": collector.address,
        "HUB_TRACE_RATIO": "1",
        "HUB_VERSION": "1.2.3",
    }
    made = deployed(tmp_path_factory.mktemp("hub"), broker, database_server, "deployed", **settings)
    with running(made) as hub:
        hub.mail = mail
        yield hub
    mail.stop()


def test_one_trace_leads_from_the_request_to_the_mail(hub: RunningHub, collector: Collector) -> None:
    alliance = season.found(hub, "踪迹联盟", "secretariat")
    college = season.register(hub, "traced")
    season.admit(hub, alliance, college, "secretariat")
    hub.mail.wait_for(1)

    spans = wait_until(lambda: _whole(collector), 60, "the trace is not whole")

    lines = tree(spans)
    print("\n" + "\n".join(lines))
    assert [line for line in lines if not line.startswith(" ")] == ["SERVER gateway: POST /graphql"]
    assert set(HOPS) <= {line.strip() for line in lines}
    assert all(span.attributes["rpc.method"] == span.name for span in spans if "rpc.method" in span.attributes)
    assert "@" not in str([span.attributes for span in spans])


HOPS = [
    "INTERNAL gateway: mutation",
    "CLIENT gateway: alliances/admit_member",
    "SERVER alliances: alliances/admit_member",
    "CLIENT alliances: INSERT outbox",
    "PRODUCER alliances: send alliances.member_admitted",
    "CONSUMER notify: process notify.announce.v1",
    "CONSUMER notify: process notify.keep_membership.v1",
    "CLIENT notify: INSERT deliveries",
    "CLIENT notify: deliver email",
    "PRODUCER notify: send notify.notice_issued",
]


def _whole(collector: Collector) -> object:
    spans = collector.trace_of("alliances/admit_member")
    seen = {f"{span.kind} {span.service}: {span.name}" for span in spans}
    return spans if set(HOPS) <= seen else None


@pytest.mark.parametrize("service", SERVICES)
def test_a_role_reaches_the_database_of_its_own_service_only(database_server: PostgreSQL, service: str) -> None:
    reached = set()
    for database in SERVICES:
        try:
            psycopg2.connect(role_url(database_server, service, database).replace("+psycopg2", "")).close()
        except psycopg2.OperationalError as refused:
            assert "permission denied for database" in str(refused)
        else:
            reached.add(database)

    assert reached == {service}


def test_a_release_is_rolled_out_and_back_under_traffic(
    hub: RunningHub, tmp_path: Path, record_property: Recording
) -> None:
    rolled = roll_out_and_back(hub, next_release(tmp_path))

    traffic, migrated = rolled.traffic, rolled.migrated
    told = ledger.rows(hub, "projects", "SELECT motto, count(*) FROM organizations GROUP BY 1")
    record_property("figures", f"{rolled.figures()}; {told}")
    assert traffic.failures == []
    assert max(rolled.seconds.values()) < LONGEST_END
    assert traffic.written <= names(hub, "alliances") == names(hub, "projects")
    # told by nobody yet, by the old release to the new, and by the new one
    assert {motto for motto, _ in told} == {None, "", MOTTO}
    assert migrated == rolled.migrated_again and migrated.count(": next\n") == len(MIGRATED)
    assert repeated(hub) == 0


LONGEST_END = 30  # seconds; reliability R14


def test_a_restored_service_catches_up_and_tells_nobody_twice(
    hub: RunningHub, database_server: PostgreSQL, record_property: Recording
) -> None:
    facts = Facts(hub, "restored")
    facts.happen()
    taken = backup(database_server, "notify")

    with Traffic(hub) as traffic:
        facts.happen()
        facts.wait_until_told()
        hub.kill("notify")
        lost = now()
        facts.happen()
        restore(database_server, "notify", taken)
        report = hub.command("replay", "notify", "--lost", "database", "--since", taken.at, "--until", lost)
        hub.start_one("notify")
        hub.wait_ready()
        facts.happen()
        facts.wait_until_told()

    ledger.wait_until_settled(hub)
    record_property(
        "figures",
        f"{len(facts.reasons)} facts, {len(hub.mail.mails)} mails, {len(traffic.written)} other writes; {report}",
    )
    once = dict.fromkeys(facts.reasons, 1)
    assert traffic.failures == []
    assert (facts.mails(), facts.notices()) == (once, once)
    assert read_model(hub, "notify") == read_model(hub, "alliances")


def test_metrics_have_few_labels_whatever_is_asked(hub: RunningHub) -> None:
    before = series(hub, "gateway")
    for number in range(50):
        hub.http.get(f"http://127.0.0.1:{hub.port}/nowhere/{number}")
        hub.http.post(hub.url, json={"query": f"query N{number} {{ nothing{number} }}"})

    new = series(hub, "gateway") - before

    assert {labels for name, labels in new if name.endswith("_count")} <= {
        (("http_request_method", "GET"), ("http_response_status_code", "404"), ("http_route", "unmatched")),
        (("http_request_method", "POST"), ("http_response_status_code", "200"), ("http_route", "/graphql")),
        (("outcome", "refused"), ("type", "unknown")),
    }
    assert ("hub_build_info", (("version", "1.2.3"),)) in before


def test_alerts_are_silent_under_traffic_and_tell_what_is_away(hub: RunningHub, database_server: PostgreSQL) -> None:
    with _watching(hub) as prometheus:
        with Traffic(hub):
            wait_until(lambda: prometheus.value("count(up == 1)") == len(hub.names), 120, "not all are scraped")
            first = prometheus.value(OPERATIONS)
            wait_until(lambda: prometheus.value(OPERATIONS) - first > CLEAN, 60, "no traffic")
            # None of them waits here, so that one scrape which a busy machine answers late is told, and told no longer soon.
            wait_until(lambda: not set(prometheus.alerts()) - OF_THE_MACHINE, 60, "they are not silent")

        for fault, mend, alert in (
            (lambda: hub.kill("projects"), lambda: hub.start_one("projects"), "ServiceDown"),
            (database_server.freeze, database_server.thaw, "DatabaseAway"),
        ):
            fault()
            wait_until(lambda alert=alert: alert in prometheus.alerts(), 60, f"{alert} did not fire")
            mend()
            wait_until(lambda alert=alert: alert not in prometheus.alerts(), 60, f"{alert} did not end")
        hub.wait_ready()


OPERATIONS = "sum(hub_graphql_operation_duration_seconds_count)"
CLEAN = 100
OF_THE_MACHINE = {"RequestsSlow"}
"""Deployed, it looks at a quarter of an hour; here it would judge a busy test machine."""


@contextmanager
def _watching(hub: RunningHub) -> Iterator[Prometheus]:
    """A Prometheus with the rules as they are deployed, except that none waits before it fires."""
    at_once = [
        {
            **group,
            "interval": "1s",
            "rules": [{**rule, "for": "0s"} if "alert" in rule else rule for rule in group["rules"]],
        }
        for group in groups()
    ]
    prometheus = Prometheus(hub.health_ports, at_once)
    prometheus.start()
    try:
        yield prometheus
    finally:
        prometheus.remove()


def names(hub: RunningHub, service: str) -> set[str]:
    return {name for (name,) in ledger.rows(hub, service, "SELECT name_zh FROM organizations")}


def read_model(hub: RunningHub, service: str) -> list[tuple[str, ...]]:
    """Memberships and their steps as a service knows them."""
    query = "SELECT membership_id, version, status FROM membership_steps ORDER BY 1, 2"
    return [tuple(map(str, row)) for row in ledger.rows(hub, service, query)]


def repeated(hub: RunningHub) -> float:
    """How many messages came a second time to those who now run."""
    return sum(
        sample.value
        for service in SERVICES
        for family in text_string_to_metric_families(metrics(hub, service))
        for sample in family.samples
        if sample.name == "messaging_process_duration_seconds_count" and sample.labels["outcome"] == "repeated"
    )


def series(hub: RunningHub, process: str) -> set[tuple[str, tuple[tuple[str, str], ...]]]:
    families = text_string_to_metric_families(metrics(hub, process))
    return {(sample.name, tuple(sorted(sample.labels.items()))) for family in families for sample in family.samples}


def metrics(hub: RunningHub, process: str) -> str:
    return httpx.get(f"http://127.0.0.1:{hub.health_ports[process]}/metrics", timeout=60).text
