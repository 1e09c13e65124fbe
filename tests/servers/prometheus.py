"""Prometheus: a private server that scrapes what a test names, every second, and judges it by rules."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
import yaml

from tests.servers.install import PROMETHEUS, require
from tests.servers.server import Server


class Prometheus(Server):
    """`targets` are the ports of /metrics by what they are called; `groups` are Prometheus's groups of rules."""

    name = "prometheus"

    def __init__(self, targets: Mapping[str, int], groups: list[dict[str, Any]]) -> None:
        super().__init__()
        self._program = require(PROMETHEUS).parent / "prometheus"
        rules = self._write("rules.yaml", {"groups": groups})
        scraped = [
            {
                "targets": [f"127.0.0.1:{port}"],
                "labels": {"service": name, "pod": f"{name}-0", "namespace": "delta-hub"},
            }
            for name, port in targets.items()
        ]
        job = {"job_name": "hub", "honor_labels": False, "static_configs": scraped}
        every = {"scrape_interval": "2s", "scrape_timeout": "2s", "evaluation_interval": "1s"}
        self._configuration = self._write(
            "prometheus.yaml", {"global": every, "rule_files": [str(rules)], "scrape_configs": [job]}
        )

    def alerts(self) -> dict[str, str]:
        """The alerts that are pending or firing, by name, with the service that they are about."""
        found = self._ask("alerts")["alerts"]
        return {alert["labels"]["alertname"]: alert["labels"].get("service", "") for alert in found}

    def value(self, query: str) -> float:
        """The sum of what a query finds; 0 where it finds nothing."""
        found = self._ask("query", query=query)["result"]
        return sum(float(series["value"][1]) for series in found)

    def _ask(self, what: str, **parameters: str) -> Any:
        return httpx.get(f"http://127.0.0.1:{self.port}/api/v1/{what}", params=parameters, timeout=60).json()["data"]

    def _write(self, name: str, content: object) -> Path:
        path = self.folder / name
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return path

    def _prepare(self) -> None:
        """Everything is there."""

    def _command(self) -> list[str]:
        return [
            str(self._program),
            f"--config.file={self._configuration}",
            f"--storage.tsdb.path={self.folder / 'data'}",
            f"--web.listen-address=127.0.0.1:{self.port}",
        ]

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/-/ready").status_code == 200
        except httpx.TransportError:
            return False
