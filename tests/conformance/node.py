"""Node: installs the committed npm packages of a folder once and runs the scripts of this one; says what is missing."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
NEEDED = "These tests need Node.js 20 or later with npm: install Debian's nodejs and npm, or see nodejs.org."


def run_script(script: str, argument: str, *, seconds: float = 90) -> list[dict[str, Any]]:
    """What the script, given the argument, prints as JSON."""
    install(FOLDER)
    finished = subprocess.run(
        [_program("node"), script, argument], cwd=FOLDER, capture_output=True, text=True, timeout=seconds, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


@cache
def install(folder: Path) -> None:
    """`npm ci` there, unless the packages of this very lock file are there."""
    stamp = folder / "node_modules" / ".installed"
    lock = (folder / "package-lock.json").read_text()
    if stamp.exists() and stamp.read_text() == lock:
        return
    command = [_program("npm"), "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
    finished = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=400, check=False)
    assert finished.returncode == 0, f"npm ci failed:\n{finished.stderr}"
    stamp.write_text(lock)


def _program(name: str) -> str:
    path = shutil.which(name)
    assert path, f"{name} was not found. {NEEDED}"
    return path
