"""Server: one private server process with a folder of its own, that tests start, stop, kill, freeze and restart."""

import os
import signal
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from pathlib import Path

import psutil

from tests.servers.family import send
from tests.servers.ports import free_port
from tests.servers.reaper import forget_process, watch_folder, watch_process

START_SECONDS = 60
STOP_SECONDS = 30
LOG_TAIL = 2000


class Server(ABC):
    """What RabbitMQ and PostgreSQL have in common. Data survive `kill` and `stop`, and are removed when the run ends.

    The folder is made below the system's temporary folder, whose path is short enough for any socket name.
    """

    name: str
    stop_signal = signal.SIGTERM

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"delta-hub-{self.name}-"))
        watch_folder(self.folder)
        self.port = free_port()
        self.log = self.folder / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    @abstractmethod
    def _command(self) -> list[str]:
        """The command that runs the server in the foreground."""

    @abstractmethod
    def _answers(self) -> bool:
        """Whether a client that connects now is served."""

    @abstractmethod
    def _prepare(self) -> None:
        """What must happen before each start."""

    def _environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(self.folder)}

    def _user(self) -> str | None:
        """The user to run as; None is the user of the tests."""
        return None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the server's main process."""
        return self._main().pid

    def start(self) -> None:
        """Start the server, if it does not run, and return when it answers; raises RuntimeError, see wait_ready."""
        if not self.running:
            self._prepare()
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    self._command(), env=self._environment(), cwd=self.folder, user=self._user(),
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                )  # fmt: skip
            watch_process(self.pid)
        self.wait_ready()

    def wait_ready(self, seconds: float = START_SECONDS) -> None:
        """Return when the server answers; raises RuntimeError with the end of its log."""
        deadline = time.monotonic() + seconds
        while not self._answers():
            if not self.running:
                raise RuntimeError(f"{self.name} has ended:\n{self._log_tail()}")
            if time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} does not answer after {seconds} s:\n{self._log_tail()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ask the server to end, as an operator would; one that does not within 30 s is killed."""
        if not self.running:
            return
        self.thaw()
        self._main().send_signal(self.stop_signal)
        try:
            self._main().wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        self._ended()

    def kill(self) -> None:
        """SIGKILL to the server and every process that it started: nothing is flushed, nobody is told."""
        if self.running:
            self._send(signal.SIGKILL)
            self._main().wait(STOP_SECONDS)
            self._ended()

    def restart(self) -> None:
        """Stop the server, if it runs, and start it again on the same port and data."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """SIGSTOP: connections stay open and nothing answers, as with a half-open peer or a hung machine."""
        self._send(signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT: let a frozen server go on."""
        self._send(signal.SIGCONT)

    def remove(self) -> None:
        """End the server for good, without ceremony: its data are thrown away."""
        self.kill()

    def _send(self, signal_number: signal.Signals) -> None:
        send(signal_number, psutil.Process(self.pid))

    def _main(self) -> "subprocess.Popen[bytes]":
        if self._process is None:
            raise RuntimeError(f"{self.name} was never started")
        return self._process

    def _ended(self) -> None:
        forget_process(self.pid)

    def _log_tail(self) -> str:
        return self.log.read_text(errors="replace")[-LOG_TAIL:]
