"""Ours: the kit's RPC, one service process with one query that does nothing, driven by the gateway's own client."""

import asyncio
import json
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

if "--serve" in sys.argv:
    import kit.process.green  # noqa: F401 - patching must come before every other import

import marshmallow
from sqlalchemy import MetaData, create_engine

from bench.peers.figures import BODY, READY, arguments, end_of_run, figures, keep_calling, worker
from contracts.forms import Input
from gateway.amqp_wire import AmqpWire
from hub.topology import declare_all, queues_of
from kit.broker.topology import replies
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.context import Context
from kit.data.db import KitTable, Session
from kit.process.run import serve as serve_service
from kit.settings import read_settings
from kit.viewer import Viewer
from kit.wire.request import Request
from tests.running.keys import SECRET, CallKeys

KEYS = Path(tempfile.gettempdir()) / "delta-hub-bench-keys"
CALLER = Context(Viewer("bench"), "en", "bench")


class Anything(Input):
    value = marshmallow.fields.String(required=True)


class EchoService(Service):
    """Answers with what it was given."""

    name = "echo"
    tables = MetaData()

    @query(Anything)
    def echo(self, _session: Session, *, value: str) -> str:
        return value


def serve(amqp_uri: str) -> None:
    """Be the worker process."""
    with tempfile.TemporaryDirectory() as home:
        url = f"sqlite:///{home}/echo.sqlite3"
        KitTable.metadata.create_all(create_engine(url))
        given = {"amqp_uri": amqp_uri, "home": Path(home), "databases": {"echo": url}, "health_port": 0}
        given |= {
            "call_keys": CallKeys(KEYS).keys,
            "call_secret": SECRET,
            "lanes": replace(read_settings().lanes, calls=64),
        }
        declare_all(amqp_uri, [*queues_of(EchoService), *replies(1)])
        print(READY, flush=True)
        serve_service(EchoService, replace(read_settings(), **given))


async def measure(amqp_uri: str, seconds: float, in_flight: int) -> dict[str, float]:
    """The figures of this many calls in flight."""
    wire = AmqpWire(amqp_uri, CallKeys(KEYS).agreeing(EchoService.name), reply_queues=1)
    await wire.start()

    async def call() -> None:
        payload = await wire.send("echo", Request("echo", {"value": BODY}, CALLER, time.time() + 5))
        assert payload["result"] == BODY, payload

    await _answered(call)
    end = end_of_run(seconds)
    calls = await keep_calling(call, in_flight=in_flight, end=end)
    await wire.close()
    return figures(calls, end=end, seconds=seconds)


async def _answered(call) -> None:  # type: ignore[no-untyped-def]
    """Return once the service answers."""
    for _ in range(200):
        try:
            return await call()
        except Exception:  # noqa: BLE001 - it is not up yet
            await asyncio.sleep(0.1)
    raise RuntimeError("the echo service did not come up")


def main() -> None:
    options = arguments().parse_args()
    if options.serve:
        serve(options.amqp_uri)
    else:
        with worker(__file__, options.amqp_uri):
            print(json.dumps(asyncio.run(measure(options.amqp_uri, options.seconds, options.in_flight))))


if __name__ == "__main__":
    main()
