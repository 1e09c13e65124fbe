"""SQL spans: each statement of a traced call or message as a span below it; a statement of anything else costs a look.

OpenTelemetry's own instrumentation stops at SQLAlchemy 2.0 and makes a span of every statement, the pumps' idle ones too.
"""

from __future__ import annotations

import re
from typing import Any

from opentelemetry.trace import SpanKind, get_current_span
from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext

from kit.telemetry import tracing

LONGEST_TEXT = 2000
_TABLE = re.compile(r"\b(?:FROM|INTO|UPDATE|JOIN)\s+\"?(\w+)", re.IGNORECASE)


def trace_statements(engine: Engine) -> None:
    """Let the statements of this engine show in traces; their parameters never do."""
    system = {"postgresql": "postgresql", "sqlite": "sqlite"}[engine.dialect.name]
    namespace = str(engine.url.database or "").rpartition("/")[2]

    @event.listens_for(engine, "before_cursor_execute")
    def begin(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if get_current_span().is_recording():
            summary = _summary(statement)
            attributes = {"db.system.name": system, "db.namespace": namespace, "db.query.summary": summary}
            connection.info["span"] = span = tracing.span(summary, SpanKind.CLIENT, attributes)
            span.__enter__().set_attribute("db.query.text", statement[:LONGEST_TEXT])

    @event.listens_for(engine, "after_cursor_execute")
    def end(connection: Connection, *_: Any) -> None:
        if span := connection.info.pop("span", None):
            span.__exit__(None, None, None)

    @event.listens_for(engine, "handle_error")
    def fail(context: ExceptionContext) -> None:
        if context.connection and (span := context.connection.info.pop("span", None)):
            tracing.fail(get_current_span(), type(context.original_exception).__name__)
            span.__exit__(None, None, None)


def _summary(statement: str) -> str:
    """What is done to which table, as `SELECT memberships`."""
    table = _TABLE.search(statement)
    return f"{statement.lstrip().split(None, 1)[0].upper()} {table[1] if table else ''}".strip()
