"""Ports: none is given out twice, nor to two test runs at once."""

import subprocess
import sys

from tests.servers.ports import HIGHEST, LOWEST, free_port
from tests.servers.reaper import PROJECT

OTHER_RUN = "from tests.servers.ports import free_port; print([free_port() for _ in range(200)])"


def test_ports_stay_below_those_of_outgoing_connections() -> None:
    ports = [free_port() for _ in range(50)]

    assert len(set(ports)) == 50
    assert min(ports) >= LOWEST
    assert max(ports) <= HIGHEST < 32768


def test_ports_of_two_test_runs_at_once_differ() -> None:
    runs = [
        subprocess.Popen([sys.executable, "-c", OTHER_RUN], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]

    mine = {free_port() for _ in range(200)}
    theirs = [set(map(int, run.communicate()[0].strip("[]\n").split(", "))) for run in runs]

    assert [len(ports) for ports in (mine, *theirs)] == [200, 200, 200]
    assert not mine & theirs[0]
    assert not mine & theirs[1]
