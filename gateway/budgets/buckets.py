"""Buckets: what each may still spend; they fill with time up to their brim, and a full one is forgotten."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

KEPT_LONGER = 2
"""How many of the oldest are looked at each time one is touched: more are forgotten than can come."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So much comes in `each_second`, and what is not spent is saved up to `most`."""

    each_second: float
    most: float


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


class Buckets:
    """At most `most` of them; where one more is needed, the one that was touched least recently goes.

    The first letter of a key says by which of the `rates` it fills. A bucket may hold less than nothing, down to one brim
    below: what others have spent of it is told when it is spent already.
    """

    def __init__(self, rates: Mapping[str, Rate], most: int, now: Callable[[], float] = time.monotonic) -> None:
        self._rates = rates
        self._most = most
        self._now = now
        self._touched: OrderedDict[str, _Bucket] = OrderedDict()

    def __len__(self) -> int:
        return len(self._touched)

    def knows(self, key: str) -> bool:
        """Whether a key is one by which a bucket could fill."""
        return key[:1] in self._rates

    def left(self, keys: Iterable[str]) -> float:
        """What may be spent of all these together."""
        return min(self._left(key) for key in keys)

    def wait(self, keys: Iterable[str], cost: float) -> float:
        """The seconds until each of these holds as much, or is full."""
        return max(self._wait(key, cost) for key in keys)

    def take(self, key: str, cost: float) -> None:
        """Less than nothing gives back."""
        rate = self._rates[key[0]]
        left = min(max(self._left(key) - cost, -rate.most), rate.most)
        self._touched[key] = _Bucket(left, self._now())
        self._touched.move_to_end(key)
        self._forget()

    def _wait(self, key: str, cost: float) -> float:
        rate = self._rates[key[0]]
        return max(min(cost, rate.most) - self._left(key), 0) / rate.each_second

    def _left(self, key: str) -> float:
        rate, bucket = self._rates[key[0]], self._touched.get(key)
        if bucket is None:
            return rate.most
        return min(bucket.left + (self._now() - bucket.at) * rate.each_second, rate.most)

    def _forget(self) -> None:
        """The oldest, where they are full again or are too many."""
        for _ in range(KEPT_LONGER):
            oldest = next(iter(self._touched), None)
            if oldest is None or (
                len(self._touched) <= self._most and self._left(oldest) < self._rates[oldest[0]].most
            ):
                return
            del self._touched[oldest]
