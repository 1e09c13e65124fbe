"""Envelope: a message with all that is said about it, as a CloudEvent in the AMQP binding's binary mode."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from cloudevents.core.bindings.amqp import AMQPMessage, from_binary, to_binary
from cloudevents.core.exceptions import BaseCloudEventException
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent

from contracts.base import Message
from contracts.documents import storable
from contracts.ids import is_id

_FORMAT = JSONFormat()
MOST_HEADERS = 65536  # characters: with all else they travel in one frame, which a connection bounds
CONTENT_TYPE = "application/json"
_GIVEN = {"cloudEvents_id", "cloudEvents_time", "cloudEvents_specversion"}  # the library would make them up
MOST_TRACEPARENT = 100
MOST_VERSIONS = 2**31 - 1
_FAULTS = (BaseCloudEventException, ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class NotAMessage(Exception):  # noqa: N818
    """What came from the broker is not a CloudEvent that we can read; the text says why."""


class Unsendable(Exception):  # noqa: N818 - what is the matter with it
    """No broker will ever take this message; the text says why."""


@dataclass(frozen=True)
class Envelope:
    """One message about one version of one subject.

    `actor` is the id of the person behind it, `correlation_id` names the course of events it belongs to. `traceparent` is
    there where its way is traced (CloudEvents, Distributed Tracing extension 1.0).
    """

    id: str
    type: str
    source: str
    subject_type: str
    subject_id: str
    version: int
    time: datetime
    actor: str
    correlation_id: str
    data: dict[str, Any]
    traceparent: str | None = None

    def message(self) -> Message:
        """The data as the class of their type; raises KeyError or marshmallow.ValidationError where they do not fit."""
        return Message.known()[self.type].from_data(self.data)


def attributes_of(envelope: Envelope, system: str, operation: str, destination: str) -> dict[str, str]:
    """What a span says of a message (OpenTelemetry, messaging spans)."""
    return {
        "messaging.system": system,
        "messaging.operation.name": operation,
        "messaging.operation.type": operation,
        "messaging.destination.name": destination,
        "messaging.message.id": envelope.id,
        "messaging.message.conversation_id": envelope.correlation_id,
        "cloudevents.event_type": envelope.type,
        "cloudevents.event_subject": f"{envelope.subject_type}/{envelope.subject_id}",
    }


def to_amqp(envelope: Envelope) -> tuple[bytes, str, dict[str, Any]]:
    """Body, content type and headers of the AMQP 0-9-1 message (CloudEvents AMQP binding 1.0.2, section 3.1)."""
    attributes = {
        "id": envelope.id,
        "type": envelope.type,
        "source": envelope.source,
        "subject": f"{envelope.subject_type}/{envelope.subject_id}",
        "time": envelope.time,
        "datacontenttype": CONTENT_TYPE,
        "specversion": "1.0",
        "sequence": str(envelope.version),
        "actor": envelope.actor,
        "correlationid": envelope.correlation_id,
        "traceparent": envelope.traceparent or "",
    }
    message = to_binary(CloudEvent({k: v for k, v in attributes.items() if v != ""}, envelope.data), _FORMAT)
    # the library cuts the milliseconds off a float, which is at times one less than what was said
    moment = {"cloudEvents_time": round(envelope.time.timestamp() * 1000)}
    return message.application_data, CONTENT_TYPE, {**message.application_properties, **moment}


def body_of(data: dict[str, Any]) -> bytes:
    """The body of a message with these data, as `to_amqp` has it."""
    return json.dumps(data).encode()


def check_sendable(envelope: Envelope, most: int) -> None:
    """See that a message can be said on the wire, in `most` bytes; raises Unsendable."""
    try:
        body, _, headers = to_amqp(envelope)
    except _FAULTS as error:
        raise Unsendable(f"{type(error).__name__}: {error}"[:500]) from error
    if len(body) > most:
        raise Unsendable(f"it has {len(body)} bytes, more than {most}")
    if sum(len(str(value)) for value in headers.values()) > MOST_HEADERS:
        raise Unsendable("what is said about it is too long")


def from_amqp(body: bytes | str, content_type: str | None, headers: dict[str, Any] | None) -> Envelope:
    """The envelope in an AMQP message; raises NotAMessage for anything else."""
    if content_type != CONTENT_TYPE:
        raise NotAMessage(f"content type {content_type!r}")
    raw = body.encode() if isinstance(body, str) else bytes(body)
    try:
        data = orjson.loads(raw)
        if _NUL.search(raw):
            raise ValueError("a text contains NUL")
        if missing := _GIVEN.difference(headers or {}):
            raise KeyError(*sorted(missing))
        event = from_binary(
            AMQPMessage({"content-type": content_type}, dict(headers or {}), b"{}"), _FORMAT, CloudEvent
        )
        return _envelope(event.get_attributes(), data)
    except _FAULTS as error:
        raise NotAMessage(f"{type(error).__name__}: {error}"[:500]) from error


def _envelope(attributes: dict[str, Any], data: Any) -> Envelope:
    if not isinstance(data, dict):
        raise TypeError("the data are not an object")
    subject_type, _, subject_id = _text(attributes["subject"]).partition("/")
    return Envelope(
        id=_id(attributes["id"]),
        type=_text(attributes["type"]),
        source=_text(attributes["source"]),
        subject_type=subject_type,
        subject_id=subject_id,
        version=_version(attributes["sequence"]),
        time=attributes["time"].astimezone(UTC),
        actor=_text(attributes.get("actor", "")),
        correlation_id=_text(attributes.get("correlationid", "")),
        data=data,
        traceparent=_text(attributes.get("traceparent", ""))[:MOST_TRACEPARENT] or None,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str) or not storable(value):
        raise ValueError("an attribute is not a text that can be stored")
    return value


def _id(value: Any) -> str:
    if not is_id(value):
        raise ValueError("the id is not a UUID")
    return str(value)


def _version(value: Any) -> int:
    version = int(value)
    if not 1 <= version <= MOST_VERSIONS:
        raise ValueError("the sequence is not a version")
    return version
