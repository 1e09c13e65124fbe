"""PostgreSQL: the private server keeps what it committed through a kill, is silent while frozen, and parts tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg2
import pytest
from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.pool import NullPool

from tests.servers.postgres import PostgreSQL

pytestmark = pytest.mark.live


@pytest.mark.parametrize("durability", ["postgres", "durable_postgres"])
def test_committed_rows_survive_a_kill(durability: str, request: pytest.FixtureRequest) -> None:
    server: PostgreSQL = request.getfixturevalue(durability)
    url = server.database("kill")
    with _transaction(url) as transaction:
        transaction.execute(text("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number"))

    server.kill()
    assert not server.running
    server.start()

    with _transaction(url) as transaction:
        assert transaction.scalar(text("SELECT sum(number) FROM kept")) == 500500
    server.drop_database("kill")


def test_frozen_server_answers_nobody_until_thawed(postgres: PostgreSQL, new_database: Callable[[], str]) -> None:
    url = make_url(new_database())
    postgres.freeze()

    with pytest.raises(psycopg2.OperationalError, match="timeout expired"):
        psycopg2.connect(host=url.host, port=url.port, user=url.username, dbname=url.database, connect_timeout=2)

    postgres.thaw()

    with _transaction(url.render_as_string()) as transaction:
        assert transaction.scalar(text("SELECT 1")) == 1


def test_databases_share_nothing(new_database: Callable[[], str]) -> None:
    mine, theirs = new_database(), new_database()
    with _transaction(mine) as transaction:
        transaction.execute(text("CREATE TABLE secret AS SELECT 1 AS one"))

    with _transaction(theirs) as transaction:
        tables = transaction.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).all()

    assert tables == []


def test_durable_server_keeps_every_write_barrier(postgres: PostgreSQL, durable_postgres: PostgreSQL) -> None:
    barriers = [_barriers(server) for server in (postgres, durable_postgres)]

    assert barriers == [("off", "off", "on"), ("on", "on", "on")]


def _barriers(server: PostgreSQL) -> tuple[str, ...]:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    with _transaction(server.url("postgres")) as transaction:
        return tuple(transaction.scalar(text(f"SHOW {name}")) for name in names)


@contextmanager
def _transaction(url: str) -> Iterator[Connection]:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as transaction:
        yield transaction
