"""Admission: what is let in from the broker before anything of it is read: calls by signature, messages by the way they came."""

from __future__ import annotations

from typing import Any, Literal, Protocol, get_args

from kit.broker import amqp
from kit.broker.old_calls import OLD_RPC_EXCHANGE
from kit.telemetry import metrics
from kit.telemetry.logs import log
from kit.wire.envelope import Envelope, NotAMessage, from_amqp
from kit.wire.request import Payload, error_payload
from kit.wire.signing import Checker, NotSigned, Sealed

NOT_SIGNED = "this call is not signed by a gateway that is known here"
Reason = Literal["key", "unreadable", "type", "source"]
ASIDE: tuple[Reason, ...] = get_args(Reason)


class PutAside(Exception):  # noqa: N818
    """A message is none that its handler may hear; `reason` is one of a closed list, the text is for the operator."""

    def __init__(self, reason: Reason, text: str = "") -> None:
        super().__init__(text or reason)
        self.reason = reason


class Hears(Protocol):
    """The entrypoint of a handler, with the types of its messages and its queue."""

    types: tuple[str, ...]

    @property
    def queue(self) -> str: ...


def sealed(service: str, method: str, message: Any) -> Sealed:
    """The call in an AMQP message, as its signature covers it."""
    body = message.body.encode() if isinstance(message.body, str) else bytes(message.body)
    number = message.properties.get("correlation_id", "")
    return Sealed(service, method, number, message.headers or {}, body)


def refusal_of_call(checker: Checker, service: str, method: str, message: Any) -> Payload | None:
    """What is answered to a call that no gateway known here has made; None for one that may be read.

    Through the old exchange calls come unsigned; only a service that accepts them has a queue there. What has no body (or one
    that was too large to be read) is no call, whoever sends it.
    """
    if message.delivery_info["exchange"] == OLD_RPC_EXCHANGE or not message.body:
        return None
    try:
        checker.check(sealed(service, method, message), again=message.delivery_info["redelivered"])
    except NotSigned as refused:
        metrics.CALLS_REFUSED.labels(refused.reason).inc()
        log(__name__).warning("a call is not a gateway's", service=service, reason=refused.reason)
        return error_payload("NotSigned", "unavailable", NOT_SIGNED)
    return None


def admitted(handler: Hears, message: Any) -> Envelope:
    """The message, which is the handler's by type, key and source; raises PutAside.

    The broker lets a service say its own types only, each with its type as the key; so what came with the key of a type came
    from its service. An operator's retry comes straight into the queue, where nobody else may write.
    """
    exchange, key = message.delivery_info["exchange"], message.delivery_info["routing_key"]
    said = exchange == amqp.MESSAGE_EXCHANGE and key in handler.types
    if not said and (exchange, key) != ("", handler.queue):
        raise PutAside("key")
    try:
        envelope = from_amqp(message.body, message.properties.get("content_type"), message.headers)
    except NotAMessage as error:
        raise PutAside("unreadable", str(error)) from None
    if envelope.type not in ((key,) if said else handler.types):
        raise PutAside("type")
    if envelope.source != f"/{envelope.type.partition('.')[0]}":
        raise PutAside("source")
    return envelope
