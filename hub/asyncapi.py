"""AsyncAPI: the document of every message on the broker, made from the contracts."""

from __future__ import annotations

from inspect import getdoc
from typing import Any

import yaml
from apispec.ext.marshmallow.openapi import OpenAPIConverter

from contracts.base import Message
from hub.services import all_services
from kit.messages.on_message import OnMessage
from kit.process.runtime import entrypoints

_HEADERS = {
    "cloudEvents_id": "UUID version 7 of the message",
    "cloudEvents_source": "path of the service",
    "cloudEvents_type": "the message's type",
    "cloudEvents_subject": "what it is about: type/id",
    "cloudEvents_sequence": "the version of the subject that it made, from 1, gapless",
    "cloudEvents_actor": "who did it: the subject of their token",
    "cloudEvents_correlationid": "the course of events it belongs to",
    "cloudEvents_specversion": "1.0",
    "cloudEvents_traceparent": "W3C traceparent of the sending; only where its trace is recorded",
}

_BROKER = {
    "protocolVersion": "0-9-1",
    "pathname": "/hub",
    "security": [{"type": "userPassword", "description": "each process is a user of its own (hub broker definitions)"}],
}
SERVERS: dict[str, Any] = {
    "production": {
        "host": "{host}:5671",
        "protocol": "amqps",
        "description": "RabbitMQ over TLS, as HUB_AMQP_URI names it.",
        **_BROKER,
        "variables": {
            "host": {"description": "The broker's name; in the manifests that of its service in the cluster."}
        },
    },
    "compose": {
        "host": "rabbitmq:5672",
        "protocol": "amqp",
        "description": "RabbitMQ on the network of docker-compose.yml, which nobody else reaches.",
        **_BROKER,
    },
}
"""Where the exchange is; a hub in one process has none."""


def document() -> str:
    """docs/asyncapi.yaml: AsyncAPI 3.0, one channel a message type, one operation a publisher and a subscriber."""
    services = all_services()
    messages = dict(sorted(Message.known().items()))
    operations: dict[str, Any] = {}
    for type_ in messages:
        operations[f"{type_}.send"] = _operation("send", type_)
    for service in services:
        for name, handler in entrypoints(service, OnMessage):
            for type_ in handler.types:
                key = f"{service.name}.{name}.{type_}"
                operations[key] = _operation("receive", type_) | {
                    "x-queue": f"{service.name}.{name}.v{handler.version}"
                }
    tree = {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Delta Hub messages",
            "version": "1.0.0",
            "description": "CloudEvents 1.0 in the binary mode of the AMQP binding, on the topic exchange hub.messages.",
        },
        "servers": SERVERS,
        "defaultContentType": "application/json",
        "channels": {type_: _channel(type_) for type_ in messages},
        "operations": operations,
        "components": {"messages": {type_: _message(message) for type_, message in messages.items()}},
    }
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=120)


def json_schema(message: type[Message]) -> dict[str, Any]:
    """The JSON Schema (2020-12) of a message's data."""
    converter = OpenAPIConverter("3.1.0", schema_name_resolver=lambda _: None, spec=None)  # type: ignore[arg-type]
    schema: dict[str, Any] = converter.schema2jsonschema(message.schema())
    return schema


def _channel(type_: str) -> dict[str, Any]:
    return {
        "address": type_,
        "messages": {type_: {"$ref": f"#/components/messages/{type_}"}},
        "bindings": {"amqp": {"is": "routingKey", "exchange": {"name": "hub.messages", "type": "topic"}}},
    }


def _operation(action: str, type_: str) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{type_}"}}


def _message(message: type[Message]) -> dict[str, Any]:
    headers = {name: {"type": "string", "description": text} for name, text in _HEADERS.items()}
    headers["cloudEvents_time"] = {"type": "integer", "description": "milliseconds since 1970 (AMQP timestamp)"}
    return {
        "summary": (getdoc(message) or "").split("\n", 1)[0],
        "headers": {"type": "object", "properties": headers},
        "payload": json_schema(message),
    }
