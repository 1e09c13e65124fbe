"""Stock service: plain nameko, as its documentation would have it, as a process of its own.

`python -m tests.faults.stock.stock_service AMQP_URI FOLDER stock|victim` prints `ready`, and notes in files of FOLDER
what it did.
"""

import tests.faults.stock.patched  # noqa: F401, I001 - first: everything after it is cooperative

import sys
import time
from pathlib import Path

from nameko.events import EventDispatcher, event_handler
from nameko.rpc import RpcProxy, rpc
from nameko.runners import ServiceRunner

from tests.faults.stock.stock_process import STOCK_WORKERS


class Stock:
    name = "stock"
    itself = RpcProxy("stock")
    victim = RpcProxy("victim")
    dispatch = EventDispatcher()

    @rpc
    def ping(self) -> str:
        return "pong"

    @rpc
    def call_itself(self) -> str:
        time.sleep(0.2)  # until all workers are in use
        return str(self.itself.ping())

    @rpc
    def call_the_victim(self) -> str:
        return str(self.victim.sleep())

    @rpc
    def fail(self, text: str) -> None:
        raise RuntimeError(text)

    @event_handler("notes", "lossy")
    def lossy(self, payload: object) -> None:
        _note("lossy")
        raise RuntimeError("a handler fails")

    @event_handler("notes", "hot", requeue_on_error=True)
    def hot(self, payload: object) -> None:
        _note("hot")
        raise RuntimeError("a handler fails")


class Victim:
    name = "victim"

    @rpc
    def sleep(self) -> str:
        _note("asleep")
        time.sleep(60)
        return "too late"


def _note(name: str) -> None:
    with (Path(sys.argv[2]) / name).open("a") as file:
        file.write(".")


if __name__ == "__main__":
    runner = ServiceRunner({"AMQP_URI": sys.argv[1], "max_workers": STOCK_WORKERS})
    runner.add_service({"stock": Stock, "victim": Victim}[sys.argv[3]])
    runner.start()
    print("ready", flush=True)
    runner.wait()
