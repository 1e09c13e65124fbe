"""Querying: asks PostgreSQL once, prints `ready`, waits for a line, asks again and ends: with our wait or eventlet's own."""

import tests.faults.stock.patched  # noqa: F401, I001 - sets eventlet's own wait, which has no bound

import sys
from functools import partial

import psycopg2
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

SILENCE = 1.0  # seconds; a service waits longer (kit.process.green.LONGEST_SILENCE)


def use_our_wait() -> None:
    import kit.process.green

    psycopg2.extensions.set_wait_callback(partial(kit.process.green._wait, timeout=SILENCE))


if __name__ == "__main__":
    if sys.argv[1] == "ours":
        use_our_wait()
    with create_engine(sys.argv[2]).connect() as connection:
        connection.execute(text("SELECT 1"))
        print("ready", flush=True)
        sys.stdin.readline()
        try:
            connection.execute(text("SELECT 1"))
        except OperationalError:
            sys.exit("the database server has gone silent")
