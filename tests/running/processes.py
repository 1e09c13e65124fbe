"""Processes: a hub that runs as operators run it, in one process or in five, on ports and folders of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from gateway.sign_in.own_tokens import OwnTokens
from gateway.sign_in.signing_key import signing_key
from hub.migrate import prepare, prepare_gateway
from hub.settings import read_settings
from kit.clock import SystemClock
from kit.settings import SERVICES
from tests.databases.templates import TEMPLATES
from tests.running.forking import Forked, fork_server
from tests.running.keys import CallKeys
from tests.servers.ports import free_port
from tests.servers.smtp import MailServer

ROOT = Path(__file__).parents[2]
START = 180.0  # seconds that a busy machine may take to start a process, or to end one
PRE_STOP = 0.5  # seconds; a cluster takes longer to tell everybody, and waits 5
OPERATOR = "operator"
SERVING = ("kit.process.green", "kit.process.run", "hub.cli", *(f"services.{name}.service" for name in SERVICES))
"""What a service imports, the patch first."""
ASKING = ("kit.telemetry.quiet", "hub.cli", "hub.gateway", "hub.run", "hub.office")
"""What a gateway imports, or a whole hub, or the command that appoints an office."""
REPLY_QUEUES = 4  # as many gateways as a test runs at once, and some to spare


class RunningHub:
    """The processes of one hub: `names` are `hub` alone, or `gateway` and the four services.

    `amqp_uri` is one for all or one for each process, `operator` among them, who runs the commands. A service knows its own
    database only. `extra` holds further settings. What a process prints goes to a file of its name in `home`.
    """

    def __init__(
        self,
        home: Path,
        amqp_uri: str | Mapping[str, str] = "",
        databases: Mapping[str, str] | None = None,
        *,
        code: Path = ROOT,
        **extra: str,
    ) -> None:
        self.home = home
        self.code = code
        self.port = free_port()
        self.clock_file = home / "clock"
        self.clock_file.write_text("0")
        self.names = ["gateway", *SERVICES] if amqp_uri else ["hub"]
        self.health_ports = {name: free_port() for name in self.names if name != "hub"}
        self._amqp_uri = amqp_uri
        self._processes: dict[str, subprocess.Popen[bytes] | Forked] = {}
        sqlite = {name: f"sqlite:///{home}/{name}.sqlite3" for name in SERVICES}
        self.databases = databases or sqlite
        self.http = httpx.Client(timeout=60)
        self.mail = MailServer()
        self.keys = CallKeys(home)
        self._environ = {
            "PATH": os.environ["PATH"],
            "HUB_HOME": str(home),
            "HUB_PORT": str(self.port),
            "HUB_CLOCK_FILE": str(self.clock_file),
            "HUB_DEMO": "false",
            "HUB_TOKEN_LONGEST_AGE": "40000000",  # the clock is moved by seasons, and few sign in anew
            "HUB_REPLY_QUEUES": str(REPLY_QUEUES),
            "HUB_CALL_KEY": str(self.keys.key),
            "HUB_CALL_KEYS": str(self.keys.keys),
            **extra,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"

    def start(self) -> None:
        """Migrate, start every process, appoint the hub office, and wait until all are ready."""
        self._migrate()
        for name in self.names:
            self.start_one(name)
        self.command("office", "persona:hub-office")
        self.wait_ready()

    def _migrate(self) -> None:
        """As `hub migrate`: by the command for other code or operators of their own, else here, where nothing has to start."""
        if self.code != ROOT or not isinstance(self._amqp_uri, str):
            self.command("migrate")
            return
        settings = replace(read_settings(), databases=self.databases, amqp_uri=self._amqp_uri)
        for name in SERVICES:
            if self.databases[name].startswith("sqlite"):
                TEMPLATES.copy(name, self.home / f"{name}.sqlite3")
            prepare(settings, name)
        prepare_gateway(settings)

    def start_one(self, name: str, code: Path | None = None, *, port: int = 0) -> None:
        """Start one process, from the source in `code` if that is given; our own, as a copy of one that has imported it.

        A gateway that another is to give its place to has a `port` of its own.
        """
        arguments = {"hub": ["run"], "gateway": ["gateway"]}.get(name, ["serve", name])
        ports = {"HUB_PORT": str(port or self.port), "HUB_HEALTH_PORT": str(self.health_ports.get(name, 0))}
        environ = self.environ_of(name) | ports
        log = self.home / f"{name}.log"
        if (code or self.code) == ROOT:
            server = fork_server(*(SERVING if arguments[0] == "serve" else ASKING))
            self._processes[name] = server.start("hub", *arguments, environ=environ, out=log, err=log)
        else:
            with log.open("ab") as file:
                self._processes[name] = subprocess.Popen(
                    [sys.executable, "-m", "hub", *arguments],
                    cwd=code or self.code,
                    env=environ,
                    stdout=file,
                    stderr=file,
                )

    def roll(self, name: str, code: Path | None = None, *, beside: float = 0) -> float:
        """Replace a process as a rolling update does, and return the seconds that the old one took to end.

        The new one runs and is ready before the old one is asked to end; new requests go to the new gateway a moment before,
        as the pause of preStop has it. Both run for `beside` seconds.
        """
        old = self._processes[name]
        self.health_ports[name] = free_port()
        if name == "gateway":
            then = free_port()  # nobody is sent there before it answers
            self.start_one(name, code, port=then)
            wait_until(lambda: answers(f"http://127.0.0.1:{then}/readyz"), START, "the new gateway is not ready")
            self.port = then
            time.sleep(PRE_STOP)
        else:
            self.start_one(name, code)
            self.wait_ready()
        time.sleep(beside)
        began = time.monotonic()
        old.terminate()
        old.wait(START)
        return time.monotonic() - began

    def environ_of(self, name: str) -> dict[str, str]:
        """What one process finds in its environment; `operator`, who runs commands, knows every database."""
        uri = self._amqp_uri if isinstance(self._amqp_uri, str) else self._amqp_uri[name]
        known = SERVICES if name in ("hub", OPERATOR) else [name]
        databases = {f"HUB_DATABASE_{name.upper()}": self.databases[name] for name in known if name in self.databases}
        return {**self._environ, "HUB_AMQP_URI": uri, **databases}

    def command(self, *arguments: str, code: Path | None = None) -> str:
        """Run a `hub` command to its end and return what it printed."""
        run = subprocess.run(
            [sys.executable, "-m", "hub", *arguments],
            cwd=code or self.code,
            env=self.environ_of(OPERATOR),
            capture_output=True,
            text=True,
            check=False,
            timeout=START,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def wait_ready(self, seconds: float = START) -> None:
        wait_until(lambda: all(self._is_ready(name) for name in self.names), seconds, "the hub is not ready")

    def _is_ready(self, name: str) -> bool:
        assert self._processes[name].poll() is None, f"{name} has ended: {self.log(name)[-3000:]}"
        port = self.port if name in ("hub", "gateway") else self.health_ports[name]
        return answers(f"http://127.0.0.1:{port}/readyz")

    def pid(self, name: str) -> int:
        return self._processes[name].pid

    def log(self, name: str) -> str:
        return (self.home / f"{name}.log").read_text(errors="replace")

    def signal(self, name: str, number: signal.Signals) -> None:
        self._processes[name].send_signal(number)

    def kill(self, name: str) -> None:
        """kill -9, and see it dead."""
        self._processes[name].kill()
        self._processes[name].wait()

    def stop(self) -> None:
        """Ask every process to end; one that does not in time is killed and complained of."""
        self.http.close()
        for process in self._processes.values():
            if process.poll() is None:
                process.terminate()
        late = []
        for name, process in self._processes.items():
            try:
                process.wait(START)
            except subprocess.TimeoutExpired:
                process.kill()
                late.append(name)
        assert not late, f"these did not stop: {late}"

    def move_clock(self, seconds: float) -> None:
        """Let all processes believe that it is so many seconds later than before."""
        now = float(self.clock_file.read_text())
        replacement = self.clock_file.with_suffix(".new")
        replacement.write_text(str(now + seconds))
        replacement.replace(self.clock_file)

    def token(self, persona: str) -> str:
        """A token of this hub's own for `persona:<persona>`, made here because starting `hub token` takes a while.

        A gateway by itself goes by the machine's clock, and one that is a hub's by the clock that tests move.
        """
        tokens = OwnTokens(signing_key(self.home))
        moved = timedelta(seconds=float(self.clock_file.read_text()) if "hub" in self.names else 0)
        return tokens.issue(
            f"persona:{persona}",
            name=persona,
            email=f"{persona}@example.org",
            lifetime=timedelta(days=460),
            now=SystemClock().now() + moved - timedelta(minutes=1),
        )


def answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=60).status_code == 200
    except httpx.TransportError:
        return False


def wait_until(holds: Callable[[], Any], seconds: float, otherwise: str) -> Any:
    """What `holds` gives once it is true; fails with `otherwise` after so many seconds."""
    deadline = time.monotonic() + seconds
    while not (value := holds()):
        assert time.monotonic() < deadline, otherwise
        time.sleep(0.02)
    return value


@contextmanager
def running(hub: RunningHub) -> Iterator[RunningHub]:
    try:
        hub.start()
        yield hub
    finally:
        hub.stop()
