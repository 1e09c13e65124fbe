"""Processes: a hub that runs as operators run it, in one process or in five, on ports and folders of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx

from gateway.sign_in.own_tokens import OwnTokens
from gateway.sign_in.signing_key import signing_key
from kit.clock import SystemClock
from kit.settings import SERVICES
from tests.servers.ports import free_port
from tests.servers.smtp import MailServer

ROOT = Path(__file__).parents[2]
START = 60.0


class RunningHub:
    """The processes of one hub: `names` are `hub` alone, or `gateway` and the four services.

    `extra` holds further settings. Everything that a process prints goes to a file of its name in `home`.
    """

    def __init__(self, home: Path, amqp_uri: str = "", databases: dict[str, str] | None = None, **extra: str) -> None:
        self.home = home
        self.port = free_port()
        self.clock_file = home / "clock"
        self.clock_file.write_text("0")
        self.names = ["gateway", *SERVICES] if amqp_uri else ["hub"]
        self._health_ports = {name: free_port() for name in SERVICES}
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        sqlite = {name: f"sqlite:///{home}/{name}.sqlite3" for name in SERVICES}
        self.databases = databases or sqlite
        self.http = httpx.Client(timeout=30)
        self.mail = MailServer()
        self._environ = {
            "PATH": os.environ["PATH"],
            "HUB_HOME": str(home),
            "HUB_PORT": str(self.port),
            "HUB_AMQP_URI": amqp_uri,
            "HUB_CLOCK_FILE": str(self.clock_file),
            "HUB_DEMO": "false",
            **{f"HUB_DATABASE_{name.upper()}": url for name, url in (databases or {}).items()},
            **extra,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/graphql"

    def start(self) -> None:
        """Migrate, start every process, appoint the hub office, and wait until all are ready."""
        self.command("migrate")
        for name in self.names:
            self.start_one(name)
        self.command("office", "persona:hub-office")
        self.wait_ready()

    def start_one(self, name: str) -> None:
        arguments = {"hub": ["run"], "gateway": ["gateway"]}.get(name, ["serve", name])
        environ = {**self._environ, "HUB_HEALTH_PORT": str(self._health_ports.get(name, 0))}
        with (self.home / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", "hub", *arguments], cwd=ROOT, env=environ, stdout=log, stderr=log
            )

    def command(self, *arguments: str) -> str:
        """Run a `hub` command to its end and return what it printed."""
        run = subprocess.run(
            [sys.executable, "-m", "hub", *arguments],
            cwd=ROOT,
            env=self._environ,
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
        try:
            return httpx.get(f"http://127.0.0.1:{self._health_ports.get(name, self.port)}/readyz").status_code == 200
        except httpx.TransportError:
            return False

    def log(self, name: str) -> str:
        return (self.home / f"{name}.log").read_text(errors="replace")

    def signal(self, name: str, number: signal.Signals) -> None:
        self._processes[name].send_signal(number)

    def kill(self, name: str) -> None:
        """kill -9, and see it dead."""
        self._processes[name].kill()
        self._processes[name].wait()

    def stop(self) -> None:
        """Ask every process to end; one that does not within half a minute is killed and complained of."""
        self.http.close()
        for process in self._processes.values():
            if process.poll() is None:
                process.terminate()
        late = []
        for name, process in self._processes.items():
            try:
                process.wait(30)
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
        """A token of this hub's own for `persona:<persona>`, made here because starting `hub token` takes a while."""

        tokens = OwnTokens(signing_key(self.home))
        return tokens.issue(
            f"persona:{persona}",
            name=persona,
            email=f"{persona}@example.org",
            lifetime=timedelta(days=400),
            now=SystemClock().now() - timedelta(minutes=1),
        )


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
