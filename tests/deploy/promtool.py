"""Promtool: reads the alerts and the dashboard, lets Prometheus's own tool judge them, and says which metrics they name."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from tests.servers.install import PROMETHEUS, require

ROOT = Path(__file__).parents[2]
MONITORING = ROOT / "deploy" / "k8s" / "components" / "monitoring"
ALERTS = MONITORING / "alerts.yaml"

OWN = {
    "db_client_connection_count",
    "db_client_connection_max",
    "http_server_request_duration_seconds",
    "hub_broker_connected",
    "hub_build_info",
    "hub_calls_refused_total",
    "hub_connections_refused_total",
    "hub_database_up",
    "hub_database_writable",
    "hub_delivery_duration_seconds",
    "hub_graphql_executions_total",
    "hub_graphql_operation_duration_seconds",
    "hub_inbox_oldest_seconds",
    "hub_inbox_waiting",
    "hub_message_lag_seconds",
    "hub_messages_refused_total",
    "hub_outbox_oldest_seconds",
    "hub_outbox_unsent",
    "hub_overdue_seconds",
    "hub_parked",
    "hub_parked_messages",
    "hub_pump_failures_total",
    "hub_ready",
    "hub_rows_failed_total",
    "hub_sockets_open",
    "hub_spans_lost_total",
    "messaging_client_sent_messages_total",
    "messaging_process_duration_seconds",
    "rpc_client_call_duration_seconds",
    "rpc_server_call_duration_seconds",
}
"""What the processes of the hub expose; histograms without the ending of their series."""

OTHERS = {
    # the prometheus-client library, in every process
    "process_cpu_seconds_total",
    "process_open_fds",
    "process_max_fds",
    "process_resident_memory_bytes",
    "process_start_time_seconds",
    # RabbitMQ's plugin rabbitmq_prometheus; the second needs /metrics/detailed?family=queue_coarse_metrics
    "rabbitmq_alarms_free_disk_space_watermark",
    "rabbitmq_alarms_memory_used_watermark",
    "rabbitmq_detailed_queue_messages",
    # CloudNativePG, and its Barman Cloud plugin
    "barman_cloud_cloudnative_pg_io_last_available_backup_timestamp",
    "cnpg_collector_last_available_backup_timestamp",
    "cnpg_pg_replication_lag",
    # kube-state-metrics
    "kube_job_failed",
}
"""What others expose, by the names of their documentation."""

Rule = dict[str, Any]

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_BY_NAME = re.compile(r'__name__=~?("[^"]*")')
_LABELS = re.compile(r"\{[^{}]*\}|\[[^\]]*\]|\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)")
_NAME = re.compile(r"(?<![\w:.$])[a-zA-Z_:][\w:]*(?![\w:]|\s*\()")
_WORDS = {"and", "or", "unless", "bool", "offset", "by", "without", "on", "ignoring", "group_left", "group_right"}
_SERIES = re.compile(r"_(?:bucket|count|sum)$")


def groups() -> list[dict[str, Any]]:
    """The groups of rules, as they stand in alerts.yaml."""
    found: list[dict[str, Any]] = yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["spec"]["groups"]
    return found


def alerts() -> list[Rule]:
    return [rule for group in groups() for rule in group["rules"] if "alert" in rule]


def write_rules(path: Path, *wanted: dict[str, Any]) -> Path:
    """A file of rules as Prometheus itself reads them."""
    path.write_text(yaml.safe_dump({"groups": list(wanted)}, allow_unicode=True), encoding="utf-8")
    return path


def promtool(*arguments: str | Path, cwd: Path | None = None) -> str:
    """What promtool says, which must be well; an AssertionError with its words otherwise."""
    command: Sequence[str | Path] = [require(PROMETHEUS), *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def metrics_of(expression: str) -> set[str]:
    """The metrics that an expression reads; a histogram by its own name, recorded ones included."""
    by_name = {name for text in _BY_NAME.findall(expression) for name in text.strip('"').split("|")}
    bare = _LABELS.sub(" ", _STRING.sub('""', expression))
    return {_whole(name) for name in by_name | set(_NAME.findall(bare)) - _WORDS}


def _whole(series: str) -> str:
    name = _SERIES.sub("", series)
    return name if name in OWN else series


def unknown(expressions: Iterable[str], recorded: Iterable[str] = ()) -> set[str]:
    """Metrics that are read and that nobody exposes or records."""
    return {name for text in expressions for name in metrics_of(text)} - OWN - OTHERS - set(recorded)
