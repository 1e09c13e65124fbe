"""Collector: takes OTLP over HTTP from the processes of a hub and keeps the spans in memory, as one tree a trace."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from tests.servers.ports import free_port


@dataclass(frozen=True)
class SeenSpan:
    """One span as it arrived; ids are hex, `parent` is empty for the first of its trace."""

    trace: str
    id: str
    parent: str
    name: str
    kind: str
    service: str
    attributes: dict[str, Any] = field(hash=False)
    failed: bool


class Collector:
    """`address` is for HUB_OTLP_ENDPOINT."""

    def __init__(self) -> None:
        self.port = free_port()
        self.spans: list[SeenSpan] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=[0.05], daemon=True)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def trace_of(self, name: str) -> list[SeenSpan]:
        """All spans of the newest trace that has a span of this name."""
        found = [span.trace for span in self.spans if span.name == name]
        return [span for span in self.spans if found and span.trace == found[-1]]

    def take(self, body: bytes) -> None:
        request = ExportTraceServiceRequest.FromString(body)
        for resource in request.resource_spans:
            service = dict(_attributes(resource.resource.attributes)).get("service.name", "")
            for scope in resource.scope_spans:
                self.spans += [_seen(span, str(service)) for span in scope.spans]


def tree(spans: list[SeenSpan]) -> list[str]:
    """The spans as indented lines, each below its parent; several lines without an indent are several trees."""
    ids = {span.id for span in spans}

    def below(parent: str, depth: int) -> Iterator[str]:
        for span in spans:
            if span.parent == parent or (not depth and span.parent not in ids):
                yield f"{'  ' * depth}{span.kind} {span.service}: {span.name}"
                yield from below(span.id, depth + 1)

    return list(below("", 0))


def _seen(span: Any, service: str) -> SeenSpan:
    return SeenSpan(
        trace=span.trace_id.hex(),
        id=span.span_id.hex(),
        parent=span.parent_span_id.hex(),
        name=span.name,
        kind=span.SpanKind.Name(span.kind).removeprefix("SPAN_KIND_"),
        service=service,
        attributes=dict(_attributes(span.attributes)),
        failed=span.status.code == span.status.STATUS_CODE_ERROR,
    )


def _attributes(pairs: Any) -> Iterator[tuple[str, Any]]:
    for pair in pairs:
        yield pair.key, getattr(pair.value, str(pair.value.WhichOneof("value")))


def _handler(collector: Collector) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            collector.take(gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
