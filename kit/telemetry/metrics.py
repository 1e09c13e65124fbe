"""Metrics: what every process counts and times, in Prometheus's form; each label takes few values, all known to the code."""

from __future__ import annotations

from prometheus_client import Counter, Gauge, Histogram

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds; those that OpenTelemetry advises for the durations of requests and calls."""
LAGS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)
"""Seconds from the time of a message to its effect, which may have waited for a service that was away."""

BUILD = Gauge("hub_build_info", "The version that runs here", ["version"])
READY = Gauge("hub_ready", "1 where the process can do its work now, as /readyz says")
BROKER_CONNECTED = Gauge("hub_broker_connected", "1 where the connection to RabbitMQ stands")
CALLS = Histogram(
    "rpc_server_call_duration_seconds",
    "Calls that a service answered",
    ["rpc_service", "rpc_method", "outcome"],
    buckets=BUCKETS,
)
SENT = Counter("messaging_client_sent_messages", "Messages that the broker has confirmed", ["type"])
HANDLED = Histogram(
    "messaging_process_duration_seconds",
    "Messages that a handler took in: done, repeated (known already) or failed (tried again later)",
    ["handler", "outcome"],
    buckets=BUCKETS,
)
LAG = Histogram("hub_message_lag_seconds", "From a message's time to its effect", ["handler"], buckets=LAGS)
CALLS_REFUSED = Counter("hub_calls_refused", "Calls that no gateway known here has made as they came", ["reason"])
MESSAGES_REFUSED = Counter(
    "hub_messages_refused", "Messages that a handler put aside unread: dead letters now", ["handler", "reason"]
)
PUMP_FAILURES = Counter("hub_pump_failures", "Batches of a pump that failed and are tried again", ["pump"])
SPANS_LOST = Counter("hub_spans_lost", "Spans that the collector did not take")
ROWS_FAILED = Counter("hub_rows_failed", "Rows of a list that could not be shown; the log says why", ["kind"])
