"""Ports: none is given out twice, nor to two test runs at once."""

import subprocess
import sys

from tests.servers.ports import HIGHEST, LOWEST, free_port
from tests.servers.reaper import PROJECT

OTHER_RUN = "from tests.servers.ports import free_port; print(*(free_port() for _ in range(200)), flush=True); input()"


def test_ports_stay_below_those_of_outgoing_connections() -> None:
    ports = [free_port() for _ in range(50)]

    assert len(set(ports)) == 50
    assert min(ports) >= LOWEST
    assert max(ports) <= HIGHEST < 32768


def test_ports_of_two_test_runs_at_once_differ() -> None:
    command = [sys.executable, "-c", OTHER_RUN]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other_run:
        assert other_run.stdout is not None
        mine = {free_port() for _ in range(200)}
        theirs = {int(port) for port in other_run.stdout.readline().split()}
        mine |= {free_port() for _ in range(200)}

        other_run.communicate("the ports are compared; end\n")

    assert (len(mine), len(theirs)) == (400, 200)
    assert not mine & theirs
