"""Messages: what stock nameko loses or repeats without end, and what happens to it here (reliability C1 to C4)."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from kit.broker.amqp import DEAD_EXCHANGE
from kit.broker.topology import DELIVERY_LIMIT, dead_queue
from kit.ids import new_id
from kit.messages.inbox import InboxRow
from kit.work.due import State
from tests.kit.contract.places import ATTEMPTS, AmqpPlace
from tests.kit.contract.raw import looked_at, put
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import NoteWritten
from tests.kit.contract.waiting import until
from tests.servers.rabbitmq import RabbitMQ

pytestmark = pytest.mark.live

STOCK_EVENTS = "notes.events"
LOSSY, HOT = "evt-notes-lossy--stock.lossy", "evt-notes-hot--stock.hot"
KEEP = "shelf.keep.v1"


def test_message_whose_handler_fails_is_tried_a_few_times_then_kept_with_its_error(ours: AmqpPlace) -> None:
    envelope = said(NoteWritten(note_id=new_id(), text="never mind"))

    ours.publish(envelope)

    query = select(InboxRow.attempts, InboxRow.error, InboxRow.data)
    query = query.where(InboxRow.message_id == envelope.id, InboxRow.state == State.PARKED)
    [row] = until(lambda: ours.rows("shelf", query), "it was not parked")
    assert tuple(row) == (ATTEMPTS, "RuntimeError: never mind", envelope.data)


def test_stock_message_whose_handler_fails_is_lost(
    amqp_uri: str, stock: subprocess.Popen[str], tmp_path: Path, rabbitmq: RabbitMQ
) -> None:
    put(amqp_uri, b"{}", exchange=STOCK_EVENTS, routing_key="lossy", content_type="application/json")

    until((tmp_path / "lossy").exists, "the handler was not called")
    until(lambda: set(_messages(rabbitmq, amqp_uri).values()) == {0}, "it was not acked")
    assert (tmp_path / "lossy").read_text() == "."


def test_stock_message_that_is_put_back_is_tried_without_delay_or_end(
    amqp_uri: str, stock: subprocess.Popen[str], tmp_path: Path, rabbitmq: RabbitMQ
) -> None:
    put(amqp_uri, b"{}", exchange=STOCK_EVENTS, routing_key="hot", content_type="application/json")

    until(lambda: _tries(tmp_path / "hot") > 50 * ATTEMPTS, "the handler is not called again and again")
    assert _messages(rabbitmq, amqp_uri)[HOT] == 1


def test_message_that_cannot_be_read_becomes_a_dead_letter(ours: AmqpPlace) -> None:
    before, _ = looked_at(ours.uri, dead_queue(KEEP))

    put(ours.uri, b"{nonsense", routing_key=KEEP, content_type="application/json")

    until(lambda: looked_at(ours.uri, dead_queue(KEEP))[0] == before + 1, "it is not among the dead letters")


def test_stock_message_that_cannot_be_read_is_lost(
    amqp_uri: str, stock: subprocess.Popen[str], tmp_path: Path, rabbitmq: RabbitMQ
) -> None:
    put(amqp_uri, b"{nonsense", routing_key=LOSSY, content_type="application/json")

    until(lambda: set(_messages(rabbitmq, amqp_uri).values()) == {0}, "it was not acked")
    assert not (tmp_path / "lossy").exists()


def test_handler_queues_are_replicated_limited_and_have_a_dead_letter_queue(ours: AmqpPlace) -> None:
    arguments = {name: value for name, _, value in ours.queues("arguments")[KEEP]}

    assert ours.queues("durable")[KEEP] is True
    assert arguments == {
        "x-queue-type": "quorum",
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD_EXCHANGE,
        "x-dead-letter-routing-key": KEEP,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",
    }
    assert dead_queue(KEEP) in ours.queues("messages")


def test_stock_handler_queues_have_neither(amqp_uri: str, stock: subprocess.Popen[str], rabbitmq: RabbitMQ) -> None:
    listed = rabbitmq.ctl("list_queues", "-p", _vhost(amqp_uri), "name", "type", "arguments")

    assert f"{LOSSY}\tclassic\t[]" in listed.splitlines()


def _messages(rabbitmq: RabbitMQ, uri: str) -> dict[str, int]:
    """How many messages each queue holds, delivered or not."""
    listed = rabbitmq.ctl("list_queues", "-p", _vhost(uri), "name", "messages", "--no-table-headers")
    return {name: int(count) for name, count in (line.split("\t") for line in listed.splitlines())}


def _vhost(uri: str) -> str:
    return uri.rpartition("/")[2]


def _tries(path: Path) -> int:
    return len(path.read_text()) if path.exists() else 0
