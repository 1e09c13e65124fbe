"""Tracing: what is recorded is decided once, at the edge; what others send, and a collector that is away, do no harm."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, get_current_span

from kit.settings import Telemetry
from kit.telemetry import metrics, tracing
from tests.servers.ports import free_port


@pytest.fixture
def exporter() -> Iterator[InMemorySpanExporter]:
    """Every trace that begins in this process is recorded there."""
    exporter = InMemorySpanExporter()
    tracing.record(exporter, "tests", version="1", ratio=1)
    yield exporter
    tracing.stop()


def recorded(exporter: InMemorySpanExporter) -> list[ReadableSpan]:
    """The spans so far, in the order of their ends."""
    assert tracing._provider
    tracing._provider.force_flush()
    return list(exporter.get_finished_spans())


def test_a_span_elsewhere_lies_below_the_one_whose_traceparent_it_was_given(exporter: InMemorySpanExporter) -> None:
    with tracing.root("request", SpanKind.SERVER, {}):
        traceparent = tracing.traceparent()
    with tracing.span("handler", SpanKind.CONSUMER, {}, traceparent):
        pass

    above, below = recorded(exporter)
    assert below.parent is not None
    assert (below.parent.span_id, below.context.trace_id) == (above.context.span_id, above.context.trace_id)
    assert (
        traceparent == f"00-{above.context.trace_id:032x}-{above.context.span_id:016x}-{above.context.trace_flags:02x}"
    )


def test_what_was_not_begun_at_the_edge_is_not_recorded(exporter: InMemorySpanExporter) -> None:
    with tracing.span("a statement of an idle pump", SpanKind.CLIENT, {}) as span:
        assert not span.is_recording()
        assert tracing.traceparent() is None

    assert recorded(exporter) == []


@pytest.mark.parametrize(
    "traceparent",
    [
        "",
        "nonsense",
        "00-00000000000000000000000000000000-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-" + "f" * 5000,
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
    ],
)
def test_a_traceparent_that_is_none_or_asks_for_nothing_records_nothing(
    exporter: InMemorySpanExporter, traceparent: str
) -> None:
    with tracing.span("handler", SpanKind.CONSUMER, {}, traceparent) as span:
        assert not span.is_recording()

    assert recorded(exporter) == []


def test_what_ends_a_span_is_told_by_its_class_and_never_in_its_words(exporter: InMemorySpanExporter) -> None:
    with pytest.raises(ValueError, match="ann@example"), tracing.root("request", SpanKind.SERVER, {}):
        raise ValueError("ann@example.org is no address")

    (span,) = recorded(exporter)
    assert dict(span.attributes or {}) == {"error.type": "ValueError"}
    assert (span.status.is_ok, span.status.description, span.events) == (False, None, ())


def test_without_a_collector_nothing_is_recorded_at_all() -> None:
    tracing.start(Telemetry("1", "", 1), "tests")

    with tracing.root("request", SpanKind.SERVER, {}):
        assert not get_current_span().is_recording()


def test_a_collector_that_is_away_is_counted_and_holds_nobody_up(caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("opentelemetry").setLevel("CRITICAL")  # as kit.telemetry.logs has it in every process
    lost = metrics.SPANS_LOST._value.get()
    tracing.start(Telemetry("1", f"http://127.0.0.1:{free_port()}", 1), "tests")

    with tracing.root("request", SpanKind.SERVER, {}):
        pass
    began = time.monotonic()
    tracing.stop()

    assert metrics.SPANS_LOST._value.get() == lost + 1
    assert time.monotonic() - began < 10 * tracing.EXPORT_TIMEOUT
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
