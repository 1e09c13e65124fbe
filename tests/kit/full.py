"""Full: a disk without room, for this process and a moment."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

ROOM = 40_000  # bytes: what pytest catches of a test's output still fits


@contextmanager
def full_disk() -> Iterator[None]:
    """While inside, no file grows beyond ROOM bytes: writing more fails as it does where the disk is full."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
