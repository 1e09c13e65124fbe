"""Compose without containers: its files and settings, on this project's own servers, bring up a hub whose checks pass."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import amqp
import psycopg2
import pytest
import yaml

from hub.permissions import USERS
from tests.deploy.compose import FOLDER, MIGRATIONS, PROCESSES, environment, services
from tests.servers.ports import free_port
from tests.servers.postgres import USER, PostgreSQL
from tests.servers.rabbitmq import RabbitMQ
from tests.servers.server import START_SECONDS
from tests.servers.smtp import MailServer

pytestmark = pytest.mark.deploy

HUB = [sys.executable, "-P", "-m", "hub"]
DATABASES = ("projects", "alliances", "events", "notify")


class BrokerOfCompose(RabbitMQ):
    """RabbitMQ with the configuration of compose; the definitions are written where it looks for them."""

    def __init__(self) -> None:
        super().__init__()
        definitions = self.folder / "definitions.json"
        run_hub([*services()["definitions"]["command"][:-1], str(definitions)], environment("definitions"))
        with (self.folder / "rabbitmq.conf").open("a") as file:
            file.write(
                (FOLDER / "rabbitmq.conf").read_text().replace("/definitions/definitions.json", str(definitions))
            )

    def connect(self, user: str, password: str) -> amqp.Connection:
        return amqp.Connection(
            f"127.0.0.1:{self.port}", userid=user, password=password, virtual_host="hub", connect_timeout=START_SECONDS
        )

    def _answers(self) -> bool:
        try:
            with self.connect("operator", "development"):
                return True
        except (OSError, amqp.AMQPError):
            return False


@pytest.fixture(scope="module")
def broker() -> Iterator[BrokerOfCompose]:
    server = BrokerOfCompose()
    server.start()
    yield server
    server.remove()


@pytest.fixture(scope="module")
def databases() -> Iterator[PostgreSQL]:
    """A database server on which the script of compose has run, as PostgreSQL's image runs it."""
    server = PostgreSQL()
    server.start()
    programs = {"PATH": os.environ["PATH"], "PGHOST": "127.0.0.1", "PGPORT": str(server.port), "POSTGRES_USER": USER}
    script = ["sh", str(FOLDER / "databases.sh")]
    subprocess.run(script, env=environment("postgres") | programs, check=True, timeout=60)
    yield server
    server.remove()


def run_hub(command: list[str], settings: Mapping[str, str]) -> None:
    run = subprocess.run(
        [*HUB, *command], env=os.environ | settings, capture_output=True, text=True, check=False, timeout=60
    )
    assert run.returncode == 0, run.stdout + run.stderr


def on_this_machine(name: str, broker: BrokerOfCompose, databases: PostgreSQL, folder: Path) -> dict[str, str]:
    """What compose sets, with the addresses of the private servers and ports of its own."""
    moved = {
        key: value.replace("@rabbitmq:5672", f"@127.0.0.1:{broker.port}")
        .replace("@postgres:5432", f"@127.0.0.1:{databases.port}")
        .replace("/var/lib/files", str(folder / "files"))
        .replace("/var/lib/call-key", str(folder / "call-key"))
        for key, value in environment(name).items()
    }
    own = {"HUB_HOST": "127.0.0.1", "HUB_HOME": str(folder / name), "HUB_PORT": str(free_port())}
    return moved | own | {"HUB_HEALTH_PORT": str(free_port())}


def health_check(name: str, settings: Mapping[str, str]) -> list[str]:
    """The check of compose, with the python and the ports of this machine."""
    _, _, *arguments = services()[name]["healthcheck"]["test"]
    ports = {":8000/": settings["HUB_PORT"], ":8081/": settings["HUB_HEALTH_PORT"]}
    for inside, outside in ports.items():
        arguments = [argument.replace(inside, f":{outside}/") for argument in arguments]
    return [sys.executable, *arguments]


def wait_until_healthy(process: subprocess.Popen[bytes], check: list[str]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while subprocess.run(check, capture_output=True, check=False, timeout=60).returncode != 0:
        assert process.poll() is None
        assert time.monotonic() < deadline, check
        time.sleep(0.2)


@pytest.mark.parametrize("user", USERS)
def test_the_broker_lets_every_user_of_the_hub_in(broker: BrokerOfCompose, user: str) -> None:
    broker.connect(user, "development").close()


@pytest.mark.parametrize(("user", "password"), [("guest", "guest"), ("gateway", "another")])
def test_the_broker_lets_nobody_else_in(broker: BrokerOfCompose, user: str, password: str) -> None:
    with pytest.raises(amqp.AccessRefused):
        broker.connect(user, password).connect()


def test_the_limits_of_the_broker_are_those_of_its_file(broker: BrokerOfCompose) -> None:
    asked = "[application:get_env(rabbit, Name) || Name <- [max_message_size, channel_max, connection_max]]."

    assert broker.ctl("eval", asked).split() == ["[{ok,16777216},{ok,128},{ok,1000}]"]


@pytest.mark.parametrize("name", DATABASES)
def test_a_role_enters_its_own_database_and_no_other(databases: PostgreSQL, name: str) -> None:
    others = [other for other in (*DATABASES, "postgres") if other != name]

    assert entered(databases, name, name)
    assert [other for other in others if entered(databases, name, other)] == ["postgres"]  # which holds nothing


def entered(databases: PostgreSQL, role: str, database: str) -> bool:
    try:
        psycopg2.connect(host="127.0.0.1", port=databases.port, user=role, dbname=database).close()
    except psycopg2.OperationalError as refused:
        assert "permission denied" in str(refused)
        return False
    return True


def test_the_hash_in_the_file_of_dex_is_that_of_the_word_development(databases: PostgreSQL) -> None:
    people = yaml.safe_load((FOLDER / "dex.yaml").read_text(encoding="utf-8"))["staticPasswords"]
    with psycopg2.connect(host="127.0.0.1", port=databases.port, user=USER, dbname="postgres") as connection:
        cursor = connection.cursor()
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pgcrypto")

        for person in people:
            cursor.execute("SELECT crypt('development', %(hash)s) = %(hash)s", person)
            assert cursor.fetchone() == (True,)
    connection.close()


@pytest.mark.timeout(900)  # twelve processes of Python start here
def test_every_process_passes_its_own_check_and_the_operator_finds_no_fault(
    broker: BrokerOfCompose, databases: PostgreSQL, mail_server: MailServer, tmp_path: Path
) -> None:
    make_keys(tmp_path)
    for name in MIGRATIONS:
        run_hub(services()[name]["command"], on_this_machine(name, broker, databases, tmp_path))

    with ExitStack() as running:
        checks = []
        for name in PROCESSES:
            settings = on_this_machine(name, broker, databases, tmp_path)
            process = subprocess.Popen([*HUB, *services()[name]["command"]], env=os.environ | settings)
            running.callback(end, process)
            checks.append((process, health_check(name, settings)))
        for process, check in checks:
            wait_until_healthy(process, check)

        mail = {"HUB_SMTP_HOST": "127.0.0.1", "HUB_SMTP_PORT": str(mail_server.port)}
        operator = on_this_machine("operator", broker, databases, tmp_path) | mail
        run_hub(services()["operator"]["command"], operator)
        run_hub(["parked", "list"], operator)


def make_keys(folder: Path) -> None:
    """As the container `keys` does, in this folder."""
    run_hub([word.replace("/var/lib/", f"{folder}/") for word in services()["keys"]["command"]], {})


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    assert process.wait(30) in {0, -signal.SIGTERM}  # uvicorn stops in good order and then dies of the signal after all
