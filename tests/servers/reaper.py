"""The reaper: when the test run that it serves is gone, however it went, it kills what the run left behind.

It is told by lines on its standard input, `process PID`, `gone PID`, `folder PATH` (to be removed); the end of the
input means that the run has ended, also after a `kill -9`. (A parent-death signal would not do: Linux sends it when
the starting *thread* ends, and fault tests restart servers from threads.)
"""

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil

from tests.servers.family import send

PROJECT = Path(__file__).parents[2]

_reaper: "subprocess.Popen[str] | None" = None


def watch_process(pid: int) -> None:
    """Have the process, and all that it started, killed when this test run ends."""
    _tell("process", pid)


def forget_process(pid: int) -> None:
    """The process has ended: its number may become somebody else's."""
    _tell("gone", pid)


def watch_folder(folder: Path) -> None:
    """Have the folder removed when this test run ends."""
    _tell("folder", folder)


def _tell(verb: str, what: object) -> None:
    global _reaper  # noqa: PLW0603  one reaper a process, started when first needed
    if _reaper is None:
        # In a session of its own, so that Ctrl+C and a signal to the run's process group pass it by.
        command = [sys.executable, "-m", "tests.servers.reaper"]
        _reaper = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, text=True, start_new_session=True)
    assert _reaper.stdin is not None
    print(verb, what, file=_reaper.stdin, flush=True)


def _reap() -> None:
    processes: dict[int, psutil.Process] = {}
    folders: list[str] = []
    for line in sys.stdin:
        verb, what = line.rstrip("\n").split(" ", 1)
        if verb == "folder":
            folders.append(what)
        elif verb == "gone":
            processes.pop(int(what), None)
        elif psutil.pid_exists(int(what)):
            processes[int(what)] = psutil.Process(int(what))
    killed = [member for process in processes.values() for member in send(signal.SIGKILL, process)]
    psutil.wait_procs(killed, timeout=10)  # who still dies could write into a folder that is being removed
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    _reap()
