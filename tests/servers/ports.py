"""Ports: hands out free TCP ports below 32768 that no other test run on this machine is given at the same time."""

import fcntl
import getpass
import random
import socket
import tempfile
from pathlib import Path
from typing import IO

# From 32768 on Linux picks the ports of outgoing connections: a client that reconnects to a stopped server there can
# be given that very port as its own and connect to itself, after which the server cannot start again.
LOWEST, HIGHEST = 20000, 32767

_claims: dict[int, IO[str]] = {}


def free_port() -> int:
    """A port that nobody listens on, claimed for this process until it ends."""
    for port in random.sample(range(LOWEST, HIGHEST + 1), k=500):
        if port not in _claims and _claim(port):
            return port
    raise RuntimeError(f"no free port between {LOWEST} and {HIGHEST}")


def _claim(port: int) -> bool:
    # The system drops the lock when the process ends, however it ends.
    claim = (_claims_folder() / str(port)).open("w")
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        claim.close()
        return False
    if not _is_free(port):
        claim.close()
        return False
    _claims[port] = claim
    return True


def _claims_folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"delta-hub-ports-{getpass.getuser()}"
    folder.mkdir(exist_ok=True)
    return folder


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
