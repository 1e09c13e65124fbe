"""Way: how people sign in: as a persona of the demo, or at the OpenID Connect issuer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from console.oidc.at_issuer import AtIssuer
from gateway.addresses import is_here


@dataclass(frozen=True)
class Persona:
    """A role of the demo: what it is called, in both languages."""

    name: str
    title_zh: str
    title_en: str


@dataclass(frozen=True)
class Way:
    """`token_of` signs a persona in, by its name; where there is an `issuer`, there are none."""

    personas: Sequence[Persona] = ()
    token_of: Callable[[str], str] = str
    issuer: AtIssuer | None = None

    def offered(self, connection: HTTPConnection) -> Sequence[Persona]:
        """The personas as which whoever asks may sign in: none for who comes from another machine."""
        return self.personas if is_here(connection) else ()
