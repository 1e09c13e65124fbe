"""One process: a stock service and its stock caller at the address given; ends when the call is answered."""

import tests.faults.stock.patched  # noqa: F401, I001 - first: everything after it is cooperative

import sys

from nameko.containers import ServiceContainer
from nameko.rpc import rpc
from nameko.standalone.rpc import ClusterRpcProxy

CONFIG = {"AMQP_URI": sys.argv[1]}


class Stock:
    name = "stock"

    @rpc
    def ping(self) -> str:
        return "pong"


if __name__ == "__main__":
    container = ServiceContainer(Stock, CONFIG)
    container.start()
    with ClusterRpcProxy(CONFIG) as cluster:
        print("ready", flush=True)
        cluster.stock.ping()
