"""Metrics of the web server: what it turned away before it was a request; see kit/telemetry/metrics.py."""

from __future__ import annotations

from prometheus_client import Counter

REFUSED = Counter(
    "hub_connections_refused", "Connections that ended before a request was read, by what they passed", ["code"]
)
