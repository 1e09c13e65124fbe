"""Exposed: the metrics that alerts and dashboard may name are those that the processes expose, no more and no fewer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from prometheus_client import REGISTRY, Metric

import gateway.metrics
import hub.web.metrics  # noqa: F401 - the same
import kit.telemetry.metrics
import services.notify.delivery.service  # noqa: F401 - its metrics are exposed
from hub.settings import read_settings
from kit.broker.embedded_broker import EmbeddedBroker
from kit.clock import SystemClock
from kit.process.migrate import migrate
from kit.process.runtime import Runtime
from services.notify.service import NotifyService
from tests.deploy.promtool import OWN

OF_THE_LIBRARY = ("process_", "python_")


def test_the_list_of_metrics_is_what_the_processes_expose(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/notify.sqlite3"
    migrate("notify", url)
    settings = replace(read_settings(), databases={"notify": url})
    runtime = Runtime(
        NotifyService, settings, SystemClock(), EmbeddedBroker(lanes=settings.lanes, timeout=1, together=1)
    )
    runtime.gauges.look()

    assert kit.telemetry.metrics.BUCKETS == gateway.metrics.BUCKETS
    exposed = {_name(metric) for metric in (*REGISTRY.collect(), *runtime.gauges.collect())}
    assert {name for name in exposed if not name.startswith(OF_THE_LIBRARY)} == OWN
    runtime.database.close()


def _name(metric: Metric) -> str:
    return f"{metric.name}_total" if metric.type == "counter" else metric.name
