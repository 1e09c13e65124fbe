"""Gates: files that hold a call or a handler of another process until the test opens them."""

from __future__ import annotations

import time
from pathlib import Path

LONGEST = 60.0


class Gate:
    """What runs into it waits; a test sees that it has come, and lets it pass."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)

    def open(self) -> None:
        self.path.with_suffix(".open").touch()

    @property
    def is_open(self) -> bool:
        return self.path.with_suffix(".open").exists()

    @property
    def reached(self) -> bool:
        """Whether somebody has come here."""
        return self.path.exists()

    def knock(self) -> None:
        """Let the test see that somebody has come."""
        self.path.touch()

    def wait(self) -> None:
        """Come, and stay until it is open; raises TimeoutError where the test forgets to open it."""
        self.knock()
        deadline = time.monotonic() + LONGEST
        while not self.is_open:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.path} stays shut")
            time.sleep(0.01)
