"""Echo: the service of the RPC questions, with one query that does nothing, and the gateway's own client that calls it."""

import asyncio
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

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
from kit.settings import Settings, read_settings
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


def run(script: str, serve: Callable[[Settings], None]) -> None:
    """Be the worker process of this script, which serves, or call it and print the figures."""
    options = arguments().parse_args()
    if not options.serve:
        with worker(script, options.amqp_uri):
            print(json.dumps(asyncio.run(_measure(options.amqp_uri, options.seconds, options.in_flight))))
        return
    with tempfile.TemporaryDirectory() as home:
        settings = _settings(options.amqp_uri, Path(home))
        declare_all(options.amqp_uri, [*queues_of(EchoService), *replies(1)])
        print(READY, flush=True)
        serve(settings)


def _settings(amqp_uri: str, home: Path) -> Settings:
    url = f"sqlite:///{home}/echo.sqlite3"
    KitTable.metadata.create_all(create_engine(url))
    given = {"amqp_uri": amqp_uri, "home": home, "databases": {"echo": url}, "health_port": 0}
    given |= {
        "call_keys": CallKeys(KEYS).keys,
        "call_secret": SECRET,
        "lanes": replace(read_settings().lanes, calls=64),
    }
    return replace(read_settings(), **given)


async def _measure(amqp_uri: str, seconds: float, in_flight: int) -> dict[str, float]:
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
