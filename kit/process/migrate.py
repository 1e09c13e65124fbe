"""Migrate: brings a service's database to the newest revision of its own migrations, one runner at a time."""

from __future__ import annotations

import time
import warnings
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from kit.data.db import KitTable
from kit.own_files import own_file
from kit.process.indexes import build_beside
from kit.work import job_rows, timers  # noqa: F401 - their tables are migrated

_LOCK = 0x68756201  # any fixed number: PostgreSQL's advisory lock on migrating this database
_LOCK_TIMEOUT = 3  # seconds for which a migration waits for a table, before it gives way to whoever uses it
_TRIES = 100  # with a second between them: a dump that holds every table lasts minutes
_CONFLICTS = {"55P03", "40P01"}  # lock not available, deadlock
_PATIENCE = 60  # seconds for which one runner waits for another on SQLite
_UNREAD = "autogenerate skipping metadata-specified expression-based index"  # SQLite cannot tell what they are
_SERVICES = Path(__file__).parents[2] / "services"


class ContractFirst(Exception):  # noqa: N818 - a state of the database, told to the operator
    """What this release adds comes after a migration that takes away what only older processes use."""


def migrate(service: str, url: str, revision: str = "", *, contract: bool = False) -> str | None:
    """Run the migrations that are missing, as one transaction behind the building of their indexes; returns the revision reached.

    Migrations expand: old processes work on beside them. One with `phase = "contract"` takes something away and is run only
    with `contract`, once no old process is left; a fresh database, which has none, gets all of them. A database that a newer
    release has migrated is left as it is. Raises ContractFirst where something to be added stands behind a contraction.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            return _migrate(service, url, revision, contract=contract)
        except OperationalError as error:
            if not tries_left or getattr(error.orig, "pgcode", None) not in _CONFLICTS:
                raise
            time.sleep(1)
    raise AssertionError("the loop above returns or raises")


def _migrate(service: str, url: str, revision: str, *, contract: bool) -> str | None:
    engine = _engine(url)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            build_beside(connection, _pending(service, connection))
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            # a table that is waited for is closed to everybody behind: better to give way and come again
            connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}s'"))
        config = _config(service)
        config.attributes["connection"] = connection
        target = revision or _target(service, connection, contract=contract)
        if target:
            command.upgrade(config, target)
        return MigrationContext.configure(connection).get_current_revision()


def missing(service: str, connection: Connection) -> list[str]:
    """The revisions that this code relies on and the database has not; none where a newer release has migrated it."""
    return [script.revision for script in _pending(service, connection) if not _contracts(script)]


def _target(service: str, connection: Connection, *, contract: bool) -> str | None:
    """The revision to go to; None where there is nothing to do."""
    pending = _pending(service, connection)
    phases = [_contracts(script) for script in pending]
    if not any(phases) or MigrationContext.configure(connection).get_current_revision() is None:
        end = len(pending)
    elif contract:
        end = len(pending) - phases[::-1].index(True)
    else:
        end = phases.index(True)
        if not all(phases[end:]):
            raise ContractFirst(pending[end].revision)
    return pending[end - 1].revision if end else None


def _pending(service: str, connection: Connection) -> list[Script]:
    """The migrations behind the one at which the database stands, in their order."""
    scripts = _scripts(service, tuple(sorted((_SERVICES / service / "migrations").glob("*.py"))))
    known = [script.revision for script in scripts]
    current = MigrationContext.configure(connection).get_current_revision()
    if current is not None and current not in known:
        return []
    return scripts[known.index(current) + 1 :] if current else scripts


@cache
def _scripts(service: str, files: tuple[Path, ...]) -> list[Script]:
    """The migrations that lie in these files, the first one first; a process that asks often reads them once."""
    return list(ScriptDirectory.from_config(_config(service)).walk_revisions())[::-1] if files else []


def _contracts(script: Script) -> bool:
    return getattr(script.module, "phase", "expand") == "contract"


def revise(service: str, url: str, tables: MetaData, message: str) -> Path:
    """Write the next migration from what the mapped classes have that the database has not; returns its file."""
    with _engine(url).begin() as connection:
        config = _config(service)
        config.attributes.update(connection=connection, tables=[KitTable.metadata, tables])
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", _UNREAD)
            script = command.revision(config, message, autogenerate=True, rev_id=_next(config))
    assert isinstance(script, Script)
    return Path(script.path)


def _config(service: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("version_locations", str(_SERVICES / service / "migrations"))
    config.set_main_option("path_separator", "newline")
    return config


def _next(config: Config) -> str:
    revisions = list(ScriptDirectory.from_config(config).walk_revisions())
    return f"{len(revisions) + 1:04d}"


def _engine(url: str) -> Engine:
    return _sqlite(url) if url.startswith("sqlite") else create_engine(url, poolclass=NullPool)


def _sqlite(url: str) -> Engine:
    """Python's driver would commit before each CREATE TABLE: who dies in the middle would leave half a database."""
    if database := make_url(url).database:
        own_file(Path(database))
    engine = create_engine(url, poolclass=NullPool, connect_args={"isolation_level": None, "timeout": _PATIENCE})
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine
