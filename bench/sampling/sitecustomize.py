"""Sitecustomize: samples where a process spends its processor time, for bench/profile.py; Python imports it at the start.

A sample is counted for the innermost function of the house that is under way, and for the package in which it was: what a
library does for us stands below us, by its name. Every now and then all is written; SIGUSR1 forgets what was.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType

EVERY = 0.004  # seconds of processor
WRITTEN = 50  # samples
HOUSE = ("gateway", "hub", "kit", "services", "contracts", "procedures", "bench")
ROOT = Path(__file__).parents[2]
FILE = Path(os.environ["BENCH_SAMPLES"]) / f"{os.getpid()}.json"
found: Counter[str] = Counter()


def sample(_number: int, frame: FrameType | None) -> None:
    stack = list(outwards(frame))
    if any("importlib" in each.f_code.co_filename for each in stack):
        return  # it is still coming up
    inside = where(stack[0].f_code.co_filename)[1]
    frame = next((each for each in stack if where(each.f_code.co_filename)[0]), None)
    at = f"{where(frame.f_code.co_filename)[1]} {frame.f_code.co_name}" if frame else "no function of the house"
    found[f"{at}  ← {inside}" if frame and not at.startswith(f"{inside} ") else at] += 1
    if found.total() % WRITTEN == 0:
        FILE.write_text(json.dumps({"of": sys.argv, "found": found}))


def outwards(frame: FrameType | None) -> Iterator[FrameType]:
    while frame:
        yield frame
        frame = frame.f_back


@cache
def where(name: str) -> tuple[bool, str]:
    """Whether a file is of the house, and its name there, or that of its package where it is not."""
    if "site-packages/" in name:
        return False, name.partition("site-packages/")[2].partition("/")[0]
    path = Path(name)
    if path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in HOUSE:
        return True, str(path.relative_to(ROOT))
    return False, f"Python's {path.stem}"


signal.signal(signal.SIGPROF, sample)
signal.signal(signal.SIGUSR1, lambda *_: found.clear())
signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)
atexit.register(signal.setitimer, signal.ITIMER_PROF, 0)  # without Python there is nobody to take the signal
