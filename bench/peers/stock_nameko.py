"""Stock nameko: one worker process with an `@rpc` echo, called by nameko's own ClusterRpcProxy in its best arrangement.

A ClusterRpcProxy is single-threaded, so calls in flight can be arranged in several ways: in one proxy by `call_async`,
spread over proxies on threads, or each on a proxy of its own, under threads or eventlet. All are tried, each for the
whole time, and the one with the most calls is the answer.
"""

import argparse
import json
import subprocess
import sys
import threading
import time
from collections import deque

if "--serve" in sys.argv or sys.argv[-2:] == ["--on", "greenlets"]:
    import eventlet

    eventlet.monkey_patch()  # before any import that takes hold of sockets or threads; threads become greenlets

from kombu import pools
from nameko.rpc import rpc
from nameko.runners import ServiceRunner
from nameko.standalone.rpc import ClusterRpcProxy

from bench.peers.figures import BODY, READY, Call, arguments, end_of_run, environment, figures, worker

MAX_WORKERS = 64


class Echo:
    """The service under test."""

    name = "stock_echo"

    @rpc
    def echo(self, value: str) -> str:
        return value


def serve(amqp_uri: str) -> None:
    """Be the worker process, as `nameko run` would."""
    runner = ServiceRunner({"AMQP_URI": amqp_uri, "max_workers": MAX_WORKERS})
    runner.add_service(Echo)
    runner.start()
    print(READY, flush=True)
    runner.wait()


def arrangements(in_flight: int) -> list[tuple[int, str]]:
    """(proxies, what each runs on), without those that come to the same."""
    return [(proxies, "threads") for proxies in sorted({1, min(4, in_flight), in_flight})] + [(in_flight, "greenlets")]


def call_through(amqp_uri: str, in_flight: int, end: float, calls: list[Call]) -> None:
    """Keep so many calls in flight in one proxy, taking answers in the order of the calls."""
    with ClusterRpcProxy({"AMQP_URI": amqp_uri}) as cluster:
        echo, waiting = cluster.stock_echo.echo.call_async, deque()
        while time.perf_counter() < end:
            while len(waiting) < in_flight:
                waiting.append((time.perf_counter(), echo(BODY)))
            sent, reply = waiting.popleft()
            reply.result()
            calls.append((sent, time.perf_counter()))
        for _, reply in waiting:
            reply.result()


def measure(amqp_uri: str, seconds: float, in_flight: int, proxies: int) -> dict[str, float]:
    """The figures of one arrangement, in this process."""
    pools.set_limit(max(proxies, 10))  # else nameko's publishers would wait for one of ten connections
    end, calls = end_of_run(seconds), []
    shares = [in_flight // proxies + (number < in_flight % proxies) for number in range(proxies)]
    callers = [threading.Thread(target=call_through, args=(amqp_uri, share, end, calls)) for share in shares]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    return figures(calls, end=end, seconds=seconds)


def measure_apart(proxies: int, runs_on: str) -> dict[str, object]:
    """The figures of one arrangement, in a process of its own: eventlet changes a process for good."""
    command = [sys.executable, *sys.argv, "--proxies", str(proxies), "--on", runs_on]
    run = subprocess.run(command, env=environment(), stdout=subprocess.PIPE, check=True)
    return {**json.loads(run.stdout.splitlines()[-1]), "proxies": proxies, "on": runs_on}


def _to_try(options: argparse.Namespace) -> list[tuple[int, str]]:
    if options.arranged:
        proxies, runs_on = options.arranged
        return [(int(proxies), runs_on)]
    return arrangements(options.in_flight)


def main() -> None:
    parser = arguments()
    parser.add_argument("--proxies", type=int, help="measure this arrangement only, against a worker that runs")
    parser.add_argument("--on", choices=["threads", "greenlets"], default="threads")
    parser.add_argument("--arranged", nargs=2, metavar=("PROXIES", "ON"), help="try this arrangement only")
    options = parser.parse_args()
    if options.serve:
        serve(options.amqp_uri)
    elif options.proxies:
        print(json.dumps(measure(options.amqp_uri, options.seconds, options.in_flight, options.proxies)))
    else:
        with worker(__file__, options.amqp_uri):
            tried = [measure_apart(*each) for each in _to_try(options)]
        for one in sorted(tried, key=lambda one: one["calls_per_s"]):
            print(json.dumps(one))


if __name__ == "__main__":
    main()
