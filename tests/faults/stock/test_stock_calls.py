"""Calls: what hangs, wedges, kills or tells too much on stock nameko, and does not here (reliability A1, A2, A3, A7, A8)."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
from nameko.exceptions import RpcTimeout
from nameko.standalone.rpc import ClusterRpcProxy

from gateway.rpc import Rpc, Wire
from kit.broker.amqp import RPC_EXCHANGE
from kit.broker.bus import Unavailable
from kit.broker.topology import rpc_queue
from kit.context import Context
from kit.wire.request import Request
from tests.faults.stock.stock_process import STOCK_WORKERS, ends_within, running
from tests.kit.contract.gates import Gate
from tests.kit.contract.places import PATIENCE, WORKERS, AmqpPlace
from tests.kit.contract.raw import answers_to, looked_at, put, signed
from tests.kit.contract.waiting import soon, until

pytestmark = pytest.mark.live

STOCK_CALLS = "nameko-rpc"
LONG = 3.0  # seconds after which a stock call that should take milliseconds is said to hang


async def test_call_whose_callee_dies_ends_at_its_deadline(ours: AmqpPlace, wire: Wire, gate: Gate) -> None:
    call = asyncio.create_task(Rpc(wire, Context(), timeout=5).command("notes", "hold", {"name": str(gate.path)}))
    await soon(lambda: gate.reached, "the call does not come")

    await asyncio.to_thread(ours.crash)

    with pytest.raises(Unavailable):
        await asyncio.wait_for(call, PATIENCE)


def test_stock_call_whose_callee_dies_waits_on(amqp_uri: str, stock: subprocess.Popen[str], tmp_path: Path) -> None:
    with running("stock_service", amqp_uri, str(tmp_path), "victim") as victim, _stock(amqp_uri) as cluster:
        call = cluster.stock.call_the_victim.call_async()
        until((tmp_path / "asleep").exists, "the call does not come")
        victim.kill()

        with pytest.raises(RpcTimeout):
            call.result()


async def test_calls_that_come_back_to_their_service_are_refused(ours: AmqpPlace, rpc: Rpc) -> None:
    stack = {"nameko.call_id_stack": ["notes.whoami.1", "other.ask.2"]}
    body = json.dumps({"args": [], "kwargs": {}})

    answers = await asyncio.to_thread(
        answers_to, ours.uri, ours.keys.signer, "notes.whoami", [body] * 3 * WORKERS, stack
    )

    assert {answer["error"]["value"] for answer in answers} == {"a call to notes came from a call to notes"}
    assert await rpc.query("notes", "whoami")


def test_stock_service_that_calls_itself_is_wedged(amqp_uri: str, stock: subprocess.Popen[str]) -> None:
    with _stock(amqp_uri) as cluster:
        assert cluster.stock.ping() == "pong"
        calls = [cluster.stock.call_itself.call_async() for _ in range(STOCK_WORKERS)]
        with pytest.raises(RpcTimeout):
            calls[0].result()

    with _stock(amqp_uri) as cluster, pytest.raises(RpcTimeout):
        cluster.stock.ping()


async def test_call_that_asks_for_no_answer_is_dropped_with_a_word_and_the_next_one_answered(
    ours: AmqpPlace, rpc: Rpc
) -> None:
    call = signed(ours.keys.signer, "notes.whoami", b"{}", {})

    put(ours.uri, b"{}", exchange=RPC_EXCHANGE, routing_key="notes.whoami", **call)

    assert await rpc.query("notes", "whoami")
    await soon(lambda: ours.logged("a call could not be understood"), "nothing was said of it")
    assert looked_at(ours.uri, rpc_queue("notes"))[0] == 0


def test_stock_service_dies_of_a_call_that_asks_for_no_answer(amqp_uri: str, stock: subprocess.Popen[str]) -> None:
    put(
        amqp_uri,
        b'{"args": [], "kwargs": {}}',
        exchange=STOCK_CALLS,
        routing_key="stock.ping",
        content_type="application/json",
    )

    assert ends_within(stock, PATIENCE)
    assert stock.returncode == 1


async def test_call_to_a_service_that_was_stopped_is_unavailable_at_once(ours: AmqpPlace, wire: Wire) -> None:
    await asyncio.to_thread(ours.stop)

    with pytest.raises(Unavailable, match="nobody serves"):
        await asyncio.wait_for(Rpc(wire, Context(), timeout=600).query("notes", "whoami"), PATIENCE)


def test_stock_call_to_a_service_that_was_stopped_waits_on(amqp_uri: str, stock: subprocess.Popen[str]) -> None:
    stock.terminate()
    assert ends_within(stock, PATIENCE)

    with _stock(amqp_uri) as cluster, pytest.raises(RpcTimeout):
        cluster.stock.ping()


async def test_fault_of_a_service_is_not_told(wire: Wire) -> None:
    request = Request("fail", {"text": "the password is 1234"}, Context(), time.time() + PATIENCE)

    assert "1234" not in json.dumps(await wire.send("notes", request))


def test_stock_service_tells_what_its_error_says(amqp_uri: str, stock: subprocess.Popen[str]) -> None:
    with _stock(amqp_uri) as cluster, pytest.raises(Exception, match="the password is 1234"):
        cluster.stock.fail("the password is 1234")


def _stock(uri: str) -> Any:
    return ClusterRpcProxy({"AMQP_URI": uri}, timeout=LONG)
