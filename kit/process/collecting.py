"""Collecting: Python's collector rests while a process starts, and later passes over all that it then holds.

Some 300,000 objects of code and classes never go; to look through them takes 0.5 s of a start, and 0.2 s of everybody's time
whenever a collection is full.
"""

from __future__ import annotations

import gc


def rest() -> None:
    """Until `settled` is said nothing is collected."""
    gc.disable()


def settled() -> None:
    """The process has what it runs on; from now on only what comes after is looked through."""
    gc.collect()
    gc.freeze()
    gc.enable()
