"""Fixtures: one server of each kind for the whole test run, started when the first test asks for it.

A test that kills or freezes a server need not repair it: whoever asks next is given one that runs.
"""

import itertools
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

import pytest

from tests.servers.postgres import PostgreSQL
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.s3 import ObjectStore
from tests.servers.server import Server
from tests.servers.smtp import MailServer

AnyServer = TypeVar("AnyServer", bound=Server)
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def _broker() -> Iterator[RabbitMQ]:
    yield from _for_the_run(RabbitMQ())


@pytest.fixture(scope="session")
def _database_server() -> Iterator[PostgreSQL]:
    yield from _for_the_run(PostgreSQL())


@pytest.fixture(scope="session")
def _durable_database_server() -> Iterator[PostgreSQL]:
    yield from _for_the_run(PostgreSQL(durable=True))


@pytest.fixture(scope="session")
def _object_store() -> Iterator[ObjectStore]:
    yield from _for_the_run(ObjectStore())


@pytest.fixture
def object_store(_object_store: ObjectStore) -> ObjectStore:
    """The run's S3-compatible store, answering."""
    return revived(_object_store)


@pytest.fixture
def rabbitmq(_broker: RabbitMQ) -> RabbitMQ:
    """The run's broker, answering."""
    return revived(_broker)


@pytest.fixture
def postgres(_database_server: PostgreSQL) -> PostgreSQL:
    """The run's database server, answering."""
    return revived(_database_server)


@pytest.fixture
def durable_postgres(_durable_database_server: PostgreSQL) -> PostgreSQL:
    """A database server with every write barrier of production, answering."""
    return revived(_durable_database_server)


@pytest.fixture
def amqp_uri(rabbitmq: RabbitMQ, request: pytest.FixtureRequest) -> Iterator[str]:
    """The AMQP address of a virtual host that is this test's own."""
    name = _name(request)
    yield rabbitmq.vhost(name)
    revived(rabbitmq).delete_vhost(name)


@pytest.fixture
def new_database(postgres: PostgreSQL, request: pytest.FixtureRequest) -> Iterator[Callable[[], str]]:
    """A function that makes an empty database and returns its SQLAlchemy URL; they are dropped after the test."""
    names: list[str] = []

    def make() -> str:
        names.append(_name(request))
        return postgres.database(names[-1])

    yield make
    revived(postgres)
    for name in names:
        postgres.drop_database(name)


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    """An empty mail server that accepts everything."""
    server = MailServer()
    server.start()
    yield server
    server.stop()


def _for_the_run(server: AnyServer) -> Iterator[AnyServer]:
    yield server
    server.remove()


def revived(server: AnyServer) -> AnyServer:
    if server.running:
        server.thaw()
    server.start()
    return server


def _name(request: pytest.FixtureRequest) -> str:
    # PostgreSQL cuts names after 63 characters; the number keeps them apart.
    words = re.sub(r"\W+", "_", request.node.name)[:40].lower()
    return f"{words}_{next(_numbers)}"
