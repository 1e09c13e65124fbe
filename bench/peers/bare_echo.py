"""Bare echo: the floor of an RPC over AMQP in Python, asyncio on both sides on kombu's connection and nothing above it.

No acknowledgements, no confirms, transient messages, no serialisation: what is left is the wire and the broker.
"""

import asyncio
import itertools
import json
from collections.abc import Callable

import amqp
import kombu

from bench.peers.figures import BODY, READY, arguments, end_of_run, figures, keep_calling, worker

QUEUE = "bare_echo"


def open_channel(amqp_uri: str, queue: str, on_message: Callable[[amqp.Message], None]) -> tuple[amqp.Channel, str]:
    """A channel that consumes a queue from the running event loop, and the queue's name."""
    connection = kombu.Connection(amqp_uri).connection
    channel = connection.channel()
    name = channel.queue_declare(queue, auto_delete=True).queue
    channel.basic_consume(name, no_ack=True, callback=on_message)

    def drain() -> None:
        try:
            while True:
                connection.drain_events(timeout=0)
        except TimeoutError:
            return  # all that had arrived is handled

    asyncio.get_running_loop().add_reader(connection.sock, drain)
    return channel, name


async def serve(amqp_uri: str) -> None:
    """Be the worker process."""

    def answer(message: amqp.Message) -> None:
        reply = amqp.Message(message.body, correlation_id=message.correlation_id, delivery_mode=1)
        channel.basic_publish(reply, routing_key=message.reply_to)

    channel, _ = open_channel(amqp_uri, QUEUE, answer)
    print(READY, flush=True)
    await asyncio.Event().wait()


async def measure(amqp_uri: str, seconds: float, in_flight: int) -> dict[str, float]:
    """The figures of this many calls in flight."""
    numbers = itertools.count()
    waiting: dict[str, asyncio.Future[bytes]] = {}

    def take(message: amqp.Message) -> None:
        waiting.pop(message.correlation_id).set_result(message.body)

    channel, reply_queue = open_channel(amqp_uri, "", take)

    def call() -> asyncio.Future[bytes]:
        number = str(next(numbers))
        waiting[number] = asyncio.get_running_loop().create_future()
        request = amqp.Message(BODY, correlation_id=number, reply_to=reply_queue, delivery_mode=1)
        channel.basic_publish(request, routing_key=QUEUE)
        return waiting[number]

    end = end_of_run(seconds)
    return figures(await keep_calling(call, in_flight=in_flight, end=end), end=end, seconds=seconds)


def main() -> None:
    options = arguments().parse_args()
    if options.serve:
        asyncio.run(serve(options.amqp_uri))
    else:
        with worker(__file__, options.amqp_uri):
            print(json.dumps(asyncio.run(measure(options.amqp_uri, options.seconds, options.in_flight))))


if __name__ == "__main__":
    main()
