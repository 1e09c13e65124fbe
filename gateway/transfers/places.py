"""Places: so many at once for each key; one more is refused, never kept waiting, and a place that is left is free at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from starlette.requests import HTTPConnection

from gateway.addresses import address_of
from gateway.viewer import Identity


class Places:
    """Remembers no key that holds no place."""

    def __init__(self, most: int, full: Callable[[], Exception]) -> None:
        self._most = most
        self._full = full
        self._taken: Counter[str] = Counter()

    @contextmanager
    def one(self, key: str = "") -> Iterator[None]:
        """Hold a place while the block runs; raises the refusal where none is free."""
        if self._taken[key] >= self._most:
            raise self._full()
        self._taken[key] += 1
        try:
            yield
        finally:
            self._taken[key] -= 1
            if not self._taken[key]:
                del self._taken[key]


class Shares:
    """At most `everybody` at once, and of them `each` for one person and `address` for the visitors of one address."""

    def __init__(self, everybody: Places, each: Places, address: Places) -> None:
        self._everybody = everybody
        self._each = each
        self._address = address

    @contextmanager
    def one(self, connection: HTTPConnection, identity: Identity | None) -> Iterator[None]:
        """Hold a place for whoever asks; raises the refusal of the bound that is reached."""
        own = self._each.one(identity.id) if identity else self._address.one(address_of(connection))
        with own, self._everybody.one():
            yield
