"""aio-pika echo: the same bare echo on the usual asyncio client of RabbitMQ."""

import asyncio
import itertools
import json

import aio_pika
from aio_pika.abc import AbstractIncomingMessage

from bench.peers.figures import BODY, READY, arguments, end_of_run, figures, keep_calling, worker

QUEUE = "aio_pika_echo"


async def open_channel(amqp_uri: str) -> aio_pika.abc.AbstractChannel:
    connection = await aio_pika.connect(amqp_uri)
    return await connection.channel(publisher_confirms=False)


async def serve(amqp_uri: str) -> None:
    """Be the worker process."""
    channel = await open_channel(amqp_uri)

    async def answer(message: AbstractIncomingMessage) -> None:
        reply = aio_pika.Message(message.body, correlation_id=message.correlation_id)
        await channel.default_exchange.publish(reply, routing_key=message.reply_to or "")

    queue = await channel.declare_queue(QUEUE, auto_delete=True)
    await queue.consume(answer, no_ack=True)
    print(READY, flush=True)
    await asyncio.Event().wait()


async def measure(amqp_uri: str, seconds: float, in_flight: int) -> dict[str, float]:
    """The figures of this many calls in flight."""
    numbers = itertools.count()
    waiting: dict[str | None, asyncio.Future[bytes]] = {}
    channel = await open_channel(amqp_uri)
    replies = await channel.declare_queue(auto_delete=True)

    async def take(message: AbstractIncomingMessage) -> None:
        waiting.pop(message.correlation_id).set_result(message.body)

    async def call() -> bytes:
        number = str(next(numbers))
        waiting[number] = asyncio.get_running_loop().create_future()
        request = aio_pika.Message(BODY.encode(), correlation_id=number, reply_to=replies.name)
        await channel.default_exchange.publish(request, routing_key=QUEUE)
        return await waiting[number]

    await replies.consume(take, no_ack=True)
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
