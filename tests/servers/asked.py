"""Asked: what a PostgreSQL server is asked, each round trip that no client may leave out of its account, from its own log."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg2

from tests.servers.postgres import USER, PostgreSQL

LOGGED = {"log_statement": "all", "log_line_prefix": "asked %d %p|"}
_LINE = re.compile(r"^asked (\S+) (\d+)\|LOG:  statement: (.*(?:\n\t.*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """One statement, in which database and by which of the server's processes: one a connection."""

    database: str
    process: int
    statement: str


@contextmanager
def asked(server: PostgreSQL) -> Iterator[list[Question]]:
    """The questions of all clients, in a list that is full once the block has ended."""
    questions: list[Question] = []
    _set(server, {name: f"'{value}'" for name, value in LOGGED.items()})
    begun = server.log.stat().st_size
    try:
        yield questions
    finally:
        _set(server, dict.fromkeys(LOGGED, "DEFAULT"))
        said = server.log.read_bytes()[begun:].decode()
        found = (Question(database, int(process), each.strip()) for database, process, each in _LINE.findall(said))
        questions.extend(question for question in found if question.database != "postgres")


def _set(server: PostgreSQL, settings: dict[str, str]) -> None:
    """Change settings of a running server, and return when a connection that is made now has them."""
    with _connected(server) as before, before.cursor() as cursor:
        for name, value in settings.items():
            cursor.execute(f"ALTER SYSTEM SET {name} = {value}")
        cursor.execute("SELECT pg_reload_conf()")
    silent = "DEFAULT" in settings.values()
    while True:
        with _connected(server) as now, now.cursor() as cursor:
            cursor.execute("SHOW log_statement")
            if (cursor.fetchone() == ("none",)) is silent:
                return


@contextmanager
def _connected(server: PostgreSQL) -> Iterator[psycopg2.extensions.connection]:
    connection = psycopg2.connect(host="127.0.0.1", port=server.port, user=USER, dbname="postgres")
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()
