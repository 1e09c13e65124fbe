"""Settings of certificates: the font in which they are printed and the key by which credentials are signed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from environs import Env


@dataclass(frozen=True)
class CertificateSettings:
    """`key` is a PEM file; where there is none, the gateway makes a key of its own in the home of the hub."""

    font: Path
    key: Path | None

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(
            font=env.path("FONT", Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")),
            key=env.path("CREDENTIAL_KEY", None),
        )
