"""Metrics of the gateway: requests, operations, calls and sockets, in Prometheus's form; see kit/telemetry/metrics.py."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

from kit.telemetry.metrics import BUCKETS

REQUESTS = Histogram(
    "http_server_request_duration_seconds",
    "HTTP requests, by the route that they match",
    ["http_request_method", "http_route", "http_response_status_code"],
    buckets=BUCKETS,
)
OPERATIONS = Histogram(
    "hub_graphql_operation_duration_seconds",
    "GraphQL operations: ok, refused (a fault of the caller's), cancelled (the caller left), unavailable, or failed (a bug)",
    ["type", "outcome"],
    buckets=BUCKETS,
)
CALLS = Histogram(
    "rpc_client_call_duration_seconds",
    "Calls to the services, as the gateway sees them",
    ["rpc_service", "rpc_method", "outcome"],
    buckets=BUCKETS,
)
EXECUTIONS = Counter(
    "hub_graphql_executions_total",
    "Operations by what executed them: compiled, or by graphql-core because of what this word says",
    ["by"],
)
EXECUTIONS.labels("compiled")
for _type in ("query", "mutation", "subscription"):  # counted from zero, so that an alert sees the first fault
    for _outcome in ("failed", "unavailable"):
        OPERATIONS.labels(_type, _outcome)
SOCKETS = Gauge("hub_sockets_open", "WebSockets that are open")
