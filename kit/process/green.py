"""Green: makes a service process cooperative; imported before anything else by the entry modules that run on eventlet."""

import warnings

warnings.filterwarnings("ignore", message=r"(?s).*Eventlet is deprecated", category=Warning)

import eventlet  # noqa: E402 - patching must come before every other import

eventlet.monkey_patch()

import psycopg2  # noqa: E402
from eventlet.hubs import trampoline  # noqa: E402
from psycopg2 import extensions  # noqa: E402

LONGEST_SILENCE = 20.0
"""Seconds after which a database that says nothing is taken for gone. Statements end earlier by their own time-out; this
bounds what a frozen or half-open server would keep waiting for ever (psycogreen's callback has no bound)."""


def _wait(connection: extensions.connection, timeout: float = LONGEST_SILENCE) -> None:
    """psycopg2's wait callback: let other greenlets run until the server has answered."""
    while True:
        state = connection.poll()
        if state == extensions.POLL_OK:
            return
        if state not in {extensions.POLL_READ, extensions.POLL_WRITE}:
            raise psycopg2.OperationalError(f"unexpected state {state} of a connection")
        try:
            trampoline(
                connection.fileno(),
                read=state == extensions.POLL_READ,
                write=state == extensions.POLL_WRITE,
                timeout=timeout,
                timeout_exc=TimeoutError,
            )
        except TimeoutError:
            raise psycopg2.OperationalError("the database server has gone silent") from None


extensions.set_wait_callback(_wait)
