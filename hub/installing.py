"""Installing: lets pip install what a lock file names, and says on one line how far it is.

It is run by the bare Python of a new environment, so it uses the standard library alone: python hub/installing.py LOCK_FILE
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

PIP = ("-m", "pip", "install", "--no-input", "--progress-bar", "off", "--disable-pip-version-check", "--require-hashes")
MET = ("Collecting ", "Requirement already satisfied: ", "Ignoring ")
PUTTING = "Installing collected packages"
STEP = 10
"""Packages after which a log, which keeps every line, is told again."""


def main(lock: str) -> int:
    """Install what the lock file names; the status is pip's, and all that pip said is shown where it failed."""
    total = packages(Path(lock).read_text(encoding="utf-8"))
    heard: list[str] = []
    command = [sys.executable, *PIP, "--requirement", lock]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as pip:
        for done, name in progress(_noted(pip.stdout or (), heard), total):
            if sys.stderr.isatty() or done % STEP == 0 or done == total:
                _show(f"安装依赖 · installing {lock}: {done}/{total}  {name}")
    if sys.stderr.isatty():
        sys.stderr.write("\n")
    if pip.returncode:
        sys.stderr.write("".join(heard))
    return pip.returncode


def packages(lock: str) -> int:
    """How many packages a lock file names: each begins a line of it."""
    return sum(line[:1].isalnum() for line in lock.splitlines())


def progress(lines: Iterable[str], total: int) -> Iterator[tuple[int, str]]:
    """How many packages pip has met, of `total`, and which is the last; in the end it puts all into place."""
    done = 0
    for line in lines:
        prefix = next((each for each in MET if line.startswith(each)), None)
        if prefix and done < total - 1:
            done += 1
            yield done, line.removeprefix(prefix).partition("==")[0].split(maxsplit=1)[0].rstrip(":")
        elif line.startswith(PUTTING):
            yield total, "…"


def _noted(lines: Iterable[str], heard: list[str]) -> Iterator[str]:
    for line in lines:
        heard.append(line)
        yield line


def _show(text: str) -> None:
    """On a terminal over what stood there, else as a line of its own."""
    sys.stderr.write(f"\r\x1b[K{text}" if sys.stderr.isatty() else f"{text}\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
