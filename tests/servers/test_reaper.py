"""Reaper: a test run that is killed outright leaves no process and no folder behind."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import psutil

from tests.servers.reaper import PROJECT

Found = TypeVar("Found")
RUN = """
import subprocess, sys, time
from pathlib import Path
from tests.servers.reaper import watch_folder, watch_process
server = subprocess.Popen(["sh", "-c", "sleep 600 & wait"], start_new_session=True)
watch_process(server.pid)
watch_folder(Path(sys.argv[1]))
print(server.pid, flush=True)
time.sleep(600)
"""


def test_killed_run_leaves_no_process_and_no_folder() -> None:
    folder = Path(tempfile.mkdtemp())
    with subprocess.Popen([sys.executable, "-c", RUN, str(folder)], cwd=PROJECT, stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        server = psutil.Process(int(run.stdout.readline()))
        family = [server, *_wait_for(server.children)]

        run.kill()

        assert _wait_for(lambda: not folder.exists())
        assert _wait_for(lambda: not any(_lives(process) for process in family))


def _lives(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def _wait_for(condition: Callable[[], Found]) -> Found:
    deadline = time.monotonic() + 60
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return found
