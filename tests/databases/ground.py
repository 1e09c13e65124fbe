"""Ground: an embedded hub for a test, on SQLite or on PostgreSQL, whose databases are copies and do not wait for the disk."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, event, make_url

from hub.embedded import EmbeddedHub
from hub.settings import read_settings
from kit.calls.service import Service
from kit.clock import Clock
from kit.settings import Settings
from tests.databases.compiled import share_compiled
from tests.databases.templates import TEMPLATES
from tests.servers.postgres import PostgreSQL

PATIENCE = 60  # seconds for a message to be written down: other tests may have the machine
JOB_PATIENCE = 50  # seconds for a job, or a lock, whose end a call waits for: less than the caller waits for its answer


class Ground:
    """Where the hubs of a test keep what they know: in files below HUB_HOME, or on `server` while there is one."""

    def __init__(self) -> None:
        self.server: PostgreSQL | None = None
        self._databases: set[str] = set()

    @contextmanager
    def on(self, server: PostgreSQL) -> Iterator[None]:
        """Hubs that start inside are on PostgreSQL; their databases are dropped afterwards."""
        self.server = server
        try:
            yield
        finally:
            self.server = None
            for name in self._databases:
                server.drop_database(name)
            self._databases.clear()

    def address(self, settings: Settings, service: str) -> str:
        """The migrated database of a service; who starts again in the same home finds the same one."""
        url = settings.database(service)
        if not url.startswith("sqlite"):
            return url
        if self.server is None:
            TEMPLATES.copy(service, Path(make_url(url).database or ""))
            return url
        name = f"{service}_{hashlib.sha256(url.encode()).hexdigest()[:20]}"
        if name not in self._databases:
            self.server.database(name, template=TEMPLATES.on(self.server, service))
            self._databases.add(name)
        return self.server.url(name)


GROUND = Ground()


class MigratedHub(EmbeddedHub):
    """A hub whose databases have been made with all that it needs: it need not look, which is a third of a start."""

    def migrate(self) -> None:
        """Nothing is left to do."""


def hub_of(services: Iterable[type[Service]], clock: Clock, settings: Settings | None = None) -> EmbeddedHub:
    """A hub that is about to start, with the settings of the environment unless others are given."""
    services, settings = list(services), settings or read_settings()
    databases = {service.name: GROUND.address(settings, service.name) for service in services}
    jobs = replace(settings.jobs, wait=JOB_PATIENCE)
    settings = replace(settings, databases={**settings.databases, **databases}, publish_timeout=PATIENCE, jobs=jobs)
    settings = replace(settings, statement_timeout=JOB_PATIENCE)
    hub = MigratedHub(services, settings, clock)
    for runtime in hub.runtimes.values():
        in_haste(runtime.database.engine)
    return hub


def in_haste(engine: Engine) -> None:
    """Compile nothing twice, and let SQLite not wait for the disk: only a loss of power could tell, and no test takes it."""
    share_compiled(engine)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
