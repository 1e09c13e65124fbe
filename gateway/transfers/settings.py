"""Settings of transfers: how many files travel at once, of one person and of all, and how slowly one may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env
from marshmallow.validate import Range


@dataclass(frozen=True)
class TransferSettings:
    """`uploads` and `downloads` travel at once through one gateway, `each` of them of one person, each way.

    A visitor is known by the address alone, which many may share: `address` of one. Who moves fewer than `rate` bytes a
    second for longer than `patience` seconds is cut off.
    """

    uploads: int
    downloads: int
    each: int
    address: int
    rate: int
    patience: float

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            uploads=env.int("UPLOADS", 32, validate=Range(1, 1_000)),
            downloads=env.int("DOWNLOADS", 48, validate=Range(1, 1_000)),
            each=env.int("TRANSFERS_EACH", 4, validate=Range(1, 100)),
            address=env.int("TRANSFERS_ADDRESS", 16, validate=Range(1, 1_000)),
            rate=env.int("TRANSFER_RATE", 16_384, validate=Range(1, 1_073_741_824)),
            patience=env.float("TRANSFER_PATIENCE", 10, validate=Range(0.01, 300)),
        )
