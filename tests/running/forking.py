"""Forking: starts processes of a hub as copies of one that has imported what they run on, which takes most of a start.

What is started is the same module with the same arguments, environment and files as by `python -m`; whether that starts at
all is seen where a hub of other code, or a deployed one, is started without this.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from tests.servers.reaper import watch_process

ROOT = Path(__file__).parents[2]
LOOK_EVERY = 0.01


class ForkServer:
    """One for the test run's process; it ends with it."""

    def __init__(self, *modules: str) -> None:
        command = [sys.executable, "-m", "tests.running.fork_server", *modules]
        self._turn = threading.Lock()
        self._server = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
        )
        watch_process(self._server.pid)

    def start(self, *arguments: str, environ: Mapping[str, str], out: Path, err: Path) -> Forked:
        """`python -m` with these arguments; what it prints is appended to these files."""
        asked = {"start": arguments, "environ": dict(environ), "out": str(out), "err": str(err)}
        pid = self._ask(asked)
        assert pid
        return Forked(self, pid)

    def ended(self, pid: int) -> int | None:
        """The return code; None while it runs."""
        return self._ask({"ended": pid})

    def _ask(self, asked: Mapping[str, object]) -> int | None:
        assert self._server.stdin
        assert self._server.stdout
        with self._turn:
            print(json.dumps(asked), file=self._server.stdin, flush=True)
            answer: int | None = json.loads(self._server.stdout.readline())
            return answer


class Forked:
    """A process that was started, with what `subprocess.Popen` has for it."""

    def __init__(self, server: ForkServer, pid: int) -> None:
        self._server = server
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None:
            self.returncode = self._server.ended(self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """The return code; raises subprocess.TimeoutExpired."""
        until = time.monotonic() + (timeout or float("inf"))
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired(f"process {self.pid}", timeout or 0)
            time.sleep(LOOK_EVERY)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


@cache
def fork_server(*modules: str) -> ForkServer:
    """The one that has imported these, in their order."""
    return ForkServer(*modules)
