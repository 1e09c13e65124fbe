"""Request: one call as it crosses the wire, with who asks, until when, in which language, and in what course of events."""

from __future__ import annotations

import math
import re
import time
from dataclasses import dataclass, field
from typing import Any

import orjson

from contracts.base import Refusal
from contracts.documents import storable
from kit.context import Context
from kit.ids import new_id
from kit.telemetry.logs import log
from kit.viewer import Viewer

MAX_DEPTH = 4
MOST_IN_BATCH = 50  # calls in one message
LONGEST_KEY = 200  # characters of an idempotency key
MOST_BYTES = 16 * 1024 * 1024
"""The largest body that a broker takes (`max_message_size`, deploy): a larger one would cost its sender the connection."""
FAULTS = {"unavailable", "failed", "expired"}
"""The outcomes that are nobody's wish."""
_OUTCOMES = {"refusal": "refused", "malformed": "malformed", "unavailable": "unavailable", "bug": "failed"}
LOCALES = ("zh-CN", "en")
_HALF_A_PAIR = re.compile(r"[\ud800-\udfff]")


class Malformed(Exception):  # noqa: N818
    """What arrived is not a call; the text says why and is safe to show."""


@dataclass(frozen=True)
class Request:
    """One call. `deadline` is seconds since the epoch, after which nobody waits for the answer any more."""

    method: str
    arguments: dict[str, Any]
    context: Context = field(default_factory=Context)
    deadline: float | None = None
    idempotency_key: str | None = None
    traceparent: str | None = None

    def expired(self) -> bool:
        return self.deadline is not None and time.time() > self.deadline

    def with_call(self, method: str, arguments: dict[str, Any]) -> Request:
        """Another call on the same terms."""
        return Request(method, arguments, self.context, self.deadline)


Payload = dict[str, Any]
"""What is answered: {"result": …, "error": None} or {"result": None, "error": {…}}, as nameko has it."""


def to_headers(request: Request) -> dict[str, Any]:
    """The AMQP headers of a request.

    They travel in one frame, which must not grow beyond what a connection takes, and as UTF-8: a key that is too long is
    cut, and half of a surrogate pair becomes a NUL, so that the service that refuses them has them to refuse.
    """
    headers = {
        "hub.viewer": request.context.viewer.id,
        "hub.locale": request.context.locale,
        "hub.correlation_id": request.context.correlation_id,
        "hub.deadline": repr(request.deadline) if request.deadline else None,
        "traceparent": request.traceparent,
    }
    said = {name: value for name, value in headers.items() if value}
    if request.idempotency_key is not None:
        said["hub.idempotency_key"] = _HALF_A_PAIR.sub("\0", request.idempotency_key[: LONGEST_KEY + 1])
    return said


def from_wire(service: str, method: str, body: Any, headers: dict[str, Any]) -> Request:
    """The request in a decoded body and its headers; raises Malformed."""
    if not isinstance(body, dict) or not isinstance(body.get("kwargs"), dict) or body.get("args"):
        raise Malformed("a call is an object with `kwargs`; positional `args` are not taken")
    _refuse_cycles(service, headers.get("nameko.call_id_stack"))
    locale = headers.get("hub.locale")
    return Request(
        method=method,
        arguments=body["kwargs"],
        context=Context(
            viewer=Viewer(_text(headers, "hub.viewer", 255)),
            locale=locale if locale in LOCALES else LOCALES[0],
            correlation_id=_text(headers, "hub.correlation_id", 100) or new_id(),
        ),
        deadline=_seconds(headers.get("hub.deadline")),
        idempotency_key=_key(headers.get("hub.idempotency_key")),
        traceparent=_text(headers, "traceparent", 100) or None,
    )


def _text(headers: dict[str, Any], name: str, longest: int) -> str:
    value = headers.get(name, "")
    if not isinstance(value, str) or len(value) > longest or not storable(value):
        raise Malformed(f"the header {name} is not a text of at most {longest} characters")
    return value


def _key(value: Any) -> str | None:
    """Any text: whether it can be a key is for the command to say, as a refusal of its field."""
    if value is not None and not isinstance(value, str):
        raise Malformed("the header hub.idempotency_key is not a text")
    return value


def _seconds(value: Any) -> float | None:
    if value is None:
        return None
    try:
        seconds = float(value)
    except (TypeError, ValueError, OverflowError):
        seconds = math.nan
    if not math.isfinite(seconds):
        raise Malformed("the header hub.deadline is not a number of seconds")
    return seconds


def _refuse_cycles(service: str, stack: Any) -> None:
    """A call that comes back to a service which waits for it could use up all workers (reliability A2)."""
    if not stack:
        return
    if not isinstance(stack, list) or len(stack) > MAX_DEPTH:
        raise Malformed(f"calls may be nested at most {MAX_DEPTH} deep")
    if any(str(call).startswith(f"{service}.") for call in stack):
        raise Malformed(f"a call to {service} came from a call to {service}")


def outcome_of(payload: Payload | None) -> str:
    """How a call ended, in one word: ok, refused, malformed, unavailable, failed (a bug), expired (nobody waits for it)."""
    if payload is None:
        return "expired"
    error = payload["error"]
    return _OUTCOMES.get(error.get("kind"), "failed") if error else "ok"


def refused_payload(refusal: Refusal) -> Payload:
    """A refusal on the wire, in nameko's form with our list of problems added."""
    payload = error_payload(refusal.code, "refusal", refusal.code)
    payload["error"]["problems"] = refusal.problems()
    return payload


def malformed_payload(reason: str) -> Payload:
    return error_payload("MalformedRequest", "malformed", reason)


def error_payload(exc_type: str, kind: str, value: str) -> Payload:
    error = {"exc_type": exc_type, "exc_path": f"hub.{exc_type}", "exc_args": [value], "value": value, "kind": kind}
    return {"result": None, "error": error}


def encode(payload: Payload, request: Request) -> bytes:
    """The answer to a request in JSON; a result that JSON cannot say, or no broker takes, is a bug like any other."""
    try:
        body = orjson.dumps(payload)
        if len(body) > MOST_BYTES:
            raise TypeError(f"an answer of {len(body)} bytes")
    except TypeError as error:
        correlation_id = request.context.correlation_id
        log(__name__).error("a call failed", method=request.method, correlation_id=correlation_id, exc_info=error)
        return orjson.dumps(error_payload("Bug", "bug", correlation_id))
    return body
