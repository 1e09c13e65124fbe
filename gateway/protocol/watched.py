"""Watched: one GraphQL operation timed, counted, and a span of its trace (OpenTelemetry, GraphQL server)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from opentelemetry.trace import SpanKind

from gateway.metrics import OPERATIONS
from kit.telemetry import tracing

UNKNOWN = "unknown"
LONGEST_NAME = 100
_OUTCOMES = {"UNAVAILABLE": "unavailable", "TIMEOUT": "unavailable", "INTERNAL": "failed"}
_WORST_FIRST = ("failed", "unavailable", "refused")


@dataclass
class Ending:
    """The body that the caller gets; without one, something was raised."""

    body: dict[str, Any] | None = None


@contextmanager
def watched(kind: str, name: str | None) -> Iterator[Ending]:
    """Watch an operation until its body is known. The document is not recorded: literals in it may be personal data."""
    began, ending, outcome = time.perf_counter(), Ending(), "failed"
    attributes = {"graphql.operation.type": kind} | ({"graphql.operation.name": name[:LONGEST_NAME]} if name else {})
    begin = tracing.span if tracing.decided() else tracing.root  # on a socket nothing lies above an operation
    try:
        with begin(f"{kind} {name[:LONGEST_NAME]}" if name else kind, SpanKind.INTERNAL, attributes) as span:
            yield ending
            outcome = outcome_of(ending.body or {})
            if outcome in ("failed", "unavailable"):
                tracing.fail(span, outcome)
    except asyncio.CancelledError:
        outcome = "cancelled"  # the caller has gone
        raise
    finally:
        OPERATIONS.labels(kind, outcome).observe(time.perf_counter() - began)


def outcome_of(body: dict[str, Any]) -> str:
    """The worst of its errors in one word: ok, refused (the caller's fault), unavailable, failed (a bug)."""
    codes = {error.get("extensions", {}).get("code") for error in body.get("errors", ())}
    outcomes = {_OUTCOMES.get(code, "refused") for code in codes}
    return next((outcome for outcome in _WORST_FIRST if outcome in outcomes), "ok")
