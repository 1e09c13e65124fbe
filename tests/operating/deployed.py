"""Deployed: a hub as operators deploy it: TLS to broker and databases, a broker user a process, a database role a service."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from hub.broker import definitions
from hub.permissions import USERS
from kit.settings import ACCEPT, SERVICES
from tests.running.processes import REPLY_QUEUES, ROOT, RunningHub
from tests.servers.install import POSTGRESQL, require
from tests.servers.postgres import USER, PostgreSQL
from tests.servers.rabbitmq import RabbitMQ

PASSWORDS = {user: f"{user}-secret" for user in USERS}
ROLE_PASSWORD = "role-secret"
DATABASES_SH = ROOT / "deploy" / "compose" / "databases.sh"


def deployed(home: Path, broker: RabbitMQ, server: PostgreSQL, vhost: str, **settings: str) -> RunningHub:
    """A hub on a virtual host and databases that nobody else has; `server` is its own."""
    unsigned = settings.get("HUB_UNSIGNED_CALLS") == ACCEPT
    broker.load(definitions(PASSWORDS, vhost, reply_queues=REPLY_QUEUES, unsigned=unsigned))
    uris = {user: broker.tls_uri(user, password, vhost) for user, password in PASSWORDS.items()}
    _make_databases(server)
    return RunningHub(home, uris, {service: role_url(server, service, service) for service in SERVICES}, **settings)


def role_url(server: PostgreSQL, role: str, database: str) -> str:
    """The SQLAlchemy URL by which a service's role reaches a database, verifying the server."""
    assert server.certificates
    tls = f"sslmode=verify-full&sslrootcert={server.certificates.authority}"
    return f"postgresql+psycopg2://{role}:{ROLE_PASSWORD}@127.0.0.1:{server.port}/{database}?{tls}"


def _make_databases(server: PostgreSQL) -> None:
    """With the script that the compose file runs."""
    passwords = {f"{service.upper()}_PASSWORD": ROLE_PASSWORD for service in SERVICES}
    programs = require(POSTGRESQL).parent
    environ = {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(server.port),
        "POSTGRES_USER": USER,
        **passwords,
    }
    subprocess.run(["sh", str(DATABASES_SH)], env=environ, check=True, capture_output=True, timeout=60)
