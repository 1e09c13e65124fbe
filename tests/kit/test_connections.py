"""Connections: how often PostgreSQL is asked for one transaction, and that nobody meets a connection that has died."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select, text

from kit.data.db import Database
from kit.messages.outbox import record
from tests.kit.test_db import names, together
from tests.kit.things import Thing, ThingHappened, a_database, a_thing
from tests.servers.asked import Question, asked
from tests.servers.postgres import PostgreSQL

pytestmark = pytest.mark.live
END_ALL = """SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
  WHERE datname = :name AND pid <> pg_backend_pid()"""


def words(questions: list[Question]) -> list[str]:
    return [question.statement.split()[0] for question in questions]


def test_a_read_is_one_round_trip_a_statement(postgresql: Database, postgres: PostgreSQL) -> None:
    names(postgresql)

    with asked(postgres) as questions:
        assert names(postgresql) == []
        assert names(postgresql) == []

    assert words(questions) == ["SELECT", "SELECT"]


def test_a_transaction_is_begun_and_committed_and_nothing_else(postgresql: Database, postgres: PostgreSQL) -> None:
    names(postgresql)

    with asked(postgres) as questions, postgresql.transaction() as session:
        a_thing(session)

    assert words(questions) == ["BEGIN", "INSERT", "COMMIT"]


def test_a_statement_by_itself_is_one_round_trip_and_stands(postgresql: Database, postgres: PostgreSQL) -> None:
    names(postgresql)

    with asked(postgres) as questions, postgresql.statements() as session:
        session.execute(text("INSERT INTO notes (message_id) VALUES ('kept')"))

    with postgresql.transaction(writes=False) as session:
        assert session.scalars(text("SELECT message_id FROM notes")).all() == ["kept"]
    assert words(questions) == ["INSERT"]


def test_what_is_told_to_other_processes_is_told_after_the_commit(postgresql: Database, postgres: PostgreSQL) -> None:
    names(postgresql)

    with asked(postgres) as questions, postgresql.transaction() as session:
        record(session, a_thing(session), ThingHappened())

    committed = words(questions).index("COMMIT")
    assert ["pg_notify" in each.statement for each in questions] == [False] * (committed + 1) + [True]


def test_a_connection_at_rest_is_asked_for_an_answer_before_it_is_used(
    postgresql_url: str, postgres: PostgreSQL
) -> None:
    database = a_database(postgresql_url, ping_after=0)
    with database.transaction(writes=False) as session:
        session.execute(text("SELECT 'new'"))

    with asked(postgres) as questions, database.transaction(writes=False) as session:
        session.execute(text("SELECT 'used'"))

    assert [each.statement for each in questions] == ["SELECT 1", "SELECT 'used'"]
    database.close()


def test_nobody_meets_a_connection_that_the_server_has_ended(postgresql: Database) -> None:
    crowd = 8
    gate = threading.Barrier(crowd)

    def read() -> None:
        with postgresql.transaction(writes=False) as session:
            session.execute(select(Thing.id))
            gate.wait(60)  # so that each has a connection of its own

    def write() -> None:
        with postgresql.transaction() as session:
            a_thing(session)

    together([read] * crowd)
    elsewhere = a_database(postgresql.engine.url.render_as_string(hide_password=False))
    for deed in (read, write):
        with elsewhere.transaction() as session:
            ended = session.execute(text(END_ALL), {"name": postgresql.engine.url.database}).all()
        assert ended
        together([deed] * crowd)

    assert names(postgresql) == ["thing"] * crowd
    elsewhere.close()


def test_a_read_leaves_a_connection_on_which_the_next_can_roll_back(postgresql: Database) -> None:
    for _ in range(3):
        names(postgresql)
        with pytest.raises(ZeroDivisionError), postgresql.transaction() as session:
            a_thing(session)
            session.flush()
            raise ZeroDivisionError

    assert names(postgresql) == []
