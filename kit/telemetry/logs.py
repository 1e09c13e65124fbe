"""Logs: one JSON object a line on standard output, with the correlation id of the work in hand and no personal data."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog
from opentelemetry.trace import get_current_span
from structlog.contextvars import bound_contextvars

log = structlog.stdlib.get_logger
during = bound_contextvars


def _add_trace(_logger: Any, _method: str, line: structlog.types.EventDict) -> structlog.types.EventDict:
    """Where the work in hand is traced, its line says in which trace."""
    span = get_current_span().get_span_context()
    if span.trace_flags.sampled:
        line["trace_id"], line["span_id"] = f"{span.trace_id:032x}", f"{span.span_id:016x}"
    return line


def configure(level: str) -> None:
    """Send our own and every library's log lines through one JSON formatter."""
    shared: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        _add_trace,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.getLogger("opentelemetry").setLevel("CRITICAL")  # what a collector misses is counted: hub_spans_lost
    logging.getLogger("nameko").setLevel("WARNING")
    logging.getLogger("amqp").setLevel("WARNING")
    logging.getLogger("alembic").setLevel("WARNING")
