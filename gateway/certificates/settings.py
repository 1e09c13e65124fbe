"""Settings of certificates: the key by which credentials are signed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from environs import Env


@dataclass(frozen=True)
class CertificateSettings:
    """`key` is a PEM file; where there is none, the gateway makes a key of its own in the home of the hub."""

    key: Path | None

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(key=env.path("CREDENTIAL_KEY", None))
