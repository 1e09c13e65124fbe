"""PostgreSQL: a private server with its own data, and a database for each test."""

import getpass
import os
import pwd
import shutil
import signal
import subprocess

import psycopg2
from psycopg2 import sql

from tests.servers.certificates import certificates
from tests.servers.install import POSTGRESQL, require
from tests.servers.server import START_SECONDS, Server

USER = "hub"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "300",
    "jit": "off",
    "track_commit_timestamp": "on",
}
# Only the machine losing power can lose what these leave out: what PostgreSQL wrote survives its own `kill -9`.
HASTE = {"fsync": "off", "full_page_writes": "off"}


class PostgreSQL(Server):
    """`start()` it, then give each test its own `database(name)`. `durable` keeps every write barrier of production.

    With `tls` it takes connections by TLS too.
    """

    name = "postgresql"
    stop_signal = signal.SIGINT  # PostgreSQL's fast shutdown: sessions are ended, not waited for

    def __init__(self, *, durable: bool = False, tls: bool = False) -> None:
        super().__init__()
        self._programs = require(POSTGRESQL).parent
        self._settings = SETTINGS | ({} if durable else HASTE)
        self._data = self.folder / "data"
        self.certificates = certificates(self.folder / "tls") if tls else None

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of a database."""
        return f"postgresql+psycopg2://{USER}@127.0.0.1:{self.port}/{database}"

    def database(self, name: str, *, template: str = "template1") -> str:
        """Make an empty database, or a copy of `template`, and return its SQLAlchemy URL.

        Raises psycopg2.errors.DuplicateDatabase, and ObjectInUse while anybody is connected to the template.
        """
        words = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        self._execute(words)
        return self.url(name)

    def drop_database(self, name: str) -> None:
        """Drop a database and end the connections to it."""
        self._execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _execute(self, statement: sql.Composed) -> None:
        connection = self._connect()
        try:
            connection.autocommit = True
            connection.cursor().execute(statement)
        finally:
            connection.close()

    def _connect(self) -> "psycopg2.extensions.connection":
        return psycopg2.connect(
            host="127.0.0.1", port=self.port, user=USER, dbname="postgres", connect_timeout=START_SECONDS
        )

    def _user(self) -> str | None:
        # PostgreSQL refuses to run as root; Debian's package brings this user.
        return "postgres" if os.geteuid() == 0 else None

    def _prepare(self) -> None:
        if self._data.exists():
            return
        owner = pwd.getpwnam(self._user() or getpass.getuser())
        self.log.touch()
        if self.certificates:
            files = self.certificates
            self._settings |= {"ssl": "on", "ssl_cert_file": str(files.certificate), "ssl_key_file": str(files.key)}
            shutil.chown(files.key, owner.pw_uid, owner.pw_gid)
        for path in (self.folder, self.log):
            shutil.chown(path, owner.pw_uid, owner.pw_gid)
        command = [
            str(self._programs / "initdb"), "--pgdata", str(self._data), "--username", USER, "--auth", "trust",
            "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            subprocess.run(
                command, env=self._environment(), cwd=self.folder, user=self._user(), stdout=log, stderr=log, check=True
            )

    def _command(self) -> list[str]:
        settings = self._settings | {"port": str(self.port)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        return [str(self._programs / "postgres"), "-D", str(self._data), *options]

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg2.OperationalError:
            return False
        return True
