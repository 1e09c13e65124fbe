"""Tracing: one trace from the request to the delivery; what crosses a process or waits in a row carries its `traceparent`.

Names and attributes are those of OpenTelemetry's semantic conventions 1.39. A traceparent is the text of W3C Trace Context
level 2; it is kept and passed on only where the trace is recorded, so that what is not costs nothing further on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import (
    INVALID_SPAN,
    NoOpTracer,
    Span,
    SpanKind,
    Status,
    StatusCode,
    Tracer,
    get_current_span,
    use_span,
)
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from kit.settings import Telemetry
from kit.telemetry import metrics

Attributes = Mapping[str, str | int | Sequence[str]]

EXPORT_TIMEOUT = 2.0  # seconds for one batch; a collector that is away must not hold up the end of a process
_TRACEPARENT = "traceparent"
_propagator = TraceContextTextMapPropagator()
_provider: TracerProvider | None = None
_tracer: Tracer = NoOpTracer()


def start(telemetry: Telemetry, service: str) -> None:
    """Record HUB_TRACE_RATIO of what begins in this process and send it to HUB_OTLP_ENDPOINT; nothing where that is empty."""
    if telemetry.endpoint:
        exporter = OTLPSpanExporter(f"{telemetry.endpoint.rstrip('/')}/v1/traces", timeout=EXPORT_TIMEOUT)
        record(_Counting(exporter), service, version=telemetry.version, ratio=telemetry.ratio)


def record(exporter: SpanExporter, service: str, *, version: str, ratio: float) -> None:
    """Give the spans of this process to `exporter`, in batches on a thread of its own."""
    global _provider, _tracer  # noqa: PLW0603 - one process, one tracer, as in OpenTelemetry itself
    resource = Resource({"service.namespace": "delta-hub", "service.name": service, "service.version": version})
    _provider = TracerProvider(ParentBased(TraceIdRatioBased(ratio)), resource, shutdown_on_exit=False)
    _provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer = _provider.get_tracer("delta-hub", version)


def stop() -> None:
    """Send what is left, waiting for no more than two batches where the collector is away; record nothing from now on."""
    global _provider, _tracer
    provider, _provider, _tracer = _provider, None, NoOpTracer()
    if provider:
        _Counting.ending = True
        provider.shutdown()
        _Counting.ending = False


def decided() -> bool:
    """Whether it was decided above whether this is traced."""
    return get_current_span().get_span_context().is_valid


@contextmanager
def root(name: str, kind: SpanKind, attributes: Attributes) -> Iterator[Span]:
    """The first span of a trace: here it is decided whether the trace is recorded."""
    with _recorded(name, kind, attributes, Context()) as span:
        yield span


@contextmanager
def span(name: str, kind: SpanKind, attributes: Attributes, parent: str | None = None) -> Iterator[Span]:
    """A span below `parent` (a traceparent) or else below the current span; none where neither is recorded."""
    if not parent and not get_current_span().is_recording():
        yield INVALID_SPAN
        return
    context = _propagator.extract({_TRACEPARENT: parent}) if parent else None
    if context is not None and not get_current_span(context).get_span_context().trace_flags.sampled:
        yield INVALID_SPAN
        return
    with _recorded(name, kind, attributes, context) as recorded:
        yield recorded


@contextmanager
def within(span: Span) -> Iterator[None]:
    """Work that belongs to a span which somebody else has begun, where it is recorded."""
    if not span.is_recording():
        yield
        return
    with use_span(span, record_exception=False, set_status_on_exception=False):
        yield


@contextmanager
def _recorded(name: str, kind: SpanKind, attributes: Attributes, context: Context | None) -> Iterator[Span]:
    """A span that tells the class of what ended it, never its words: they may be somebody's personal data."""
    with _tracer.start_as_current_span(
        name, context, kind, attributes, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield current
        except asyncio.CancelledError:
            raise  # somebody left, which is nobody's fault
        except BaseException as error:
            fail(current, type(error).__name__)
            raise


def fail(span: Span, error_type: str) -> None:
    """Mark a span as failed; `error_type` is one of few words."""
    span.set_attribute("error.type", error_type)
    span.set_status(Status(StatusCode.ERROR))


def traceparent() -> str | None:
    """The current span as those further on find it; None where it is not recorded."""
    current = get_current_span()
    return traceparent_of(current) if current.is_recording() else None


def traceparent_of(span: Span) -> str:
    context = span.get_span_context()
    return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"


class _Counting(SpanExporter):
    """Counts what could not be sent: a collector that is away is no fault of the hub's, and fills no log.

    Once the process ends, the first batch that fails is the last that is tried.
    """

    ending = False

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter
        self._away = False

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        hopeless = self.ending and self._away
        result = SpanExportResult.FAILURE if hopeless else self._exporter.export(spans)
        self._away = result is not SpanExportResult.SUCCESS
        if self._away:
            metrics.SPANS_LOST.inc(len(spans))
        return result

    def shutdown(self) -> None:
        self._exporter.shutdown()
