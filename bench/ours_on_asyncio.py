"""Ours on asyncio: the same class, without eventlet."""

from bench.echo import run
from bench.other_runner import on_asyncio

if __name__ == "__main__":
    run(__file__, on_asyncio)
