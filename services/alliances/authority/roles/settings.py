"""Settings of roles: whether they are given to persons alone of whom the hub has heard before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from environs import Env


@dataclass(frozen=True)
class RoleSettings:
    """`to_known`: an account that nobody is known by gets no role, so that a mistyped one is refused."""

    to_known: bool

    @classmethod
    def read(cls, env: Env) -> Self:
        return cls(to_known=env.bool("ROLES_TO_KNOWN", False))
