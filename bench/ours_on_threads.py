"""Ours on threads: the same class, without eventlet."""

from bench.echo import run
from bench.other_runner import on_threads

if __name__ == "__main__":
    run(__file__, on_threads)
