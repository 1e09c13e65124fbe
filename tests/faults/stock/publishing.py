"""Publishing: publishes once, prints `ready`, waits for a line, publishes again and ends: with our part or the stock one."""

import kit.process.green  # noqa: F401, I001 - both run on eventlet, as in a service

import sys
from collections.abc import Callable

from kombu import Exchange
from nameko.amqp.publish import Publisher

from kit.broker.bus import Unavailable
from kit.ids import new_id
from kit.broker.publisher import AmqpPublisher
from tests.kit.contract.saying import said
from tests.kit.contract.small_services import NoteWritten


def ours(uri: str) -> Callable[[], None]:
    publisher = AmqpPublisher(uri, timeout=1)
    return lambda: publisher.publish([said(NoteWritten(note_id=new_id(), text="x"))])


def stock(uri: str) -> Callable[[], None]:
    publisher = Publisher(uri, exchange=Exchange("stock"), declare=[Exchange("stock")])
    return lambda: publisher.publish("x")


if __name__ == "__main__":
    publish = {"ours": ours, "stock": stock}[sys.argv[1]](sys.argv[2])
    publish()
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        publish()
    except Unavailable:
        sys.exit("Unavailable")
