"""Flight: a sign-in that is under way at the issuer, which only the browser that began it can end."""

from __future__ import annotations

import secrets
from dataclasses import astuple, dataclass
from hmac import compare_digest
from typing import Self

import orjson

from console.guarding import local

SECONDS = 600
"""For which somebody may be at the issuer: they look for their telephone, too."""
LARGEST = 900
"""Characters of its cookie: with the other two it has to fit into one header, HUB_HEADER_LINE."""
LONGEST_NEXT = 300
HOME = "/today"


@dataclass(frozen=True)
class Flight:
    """`state` binds the answer to this browser, `nonce` the id token to this sign-in, `verifier` the code to this hub (PKCE).

    `next` is the page of ours to which it leads.
    """

    state: str
    nonce: str
    verifier: str
    next: str

    @classmethod
    def begun(cls, next_: str) -> Self:
        path = local(next_, HOME)
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, path if len(path) <= LONGEST_NEXT else HOME)

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """The one that was kept as this text, which nobody else can have sealed."""
        return cls(*orjson.loads(text)) if text else None

    def text(self) -> str:
        return orjson.dumps(astuple(self)).decode()

    def answers(self, state: str | None) -> bool:
        """Whether the issuer's answer belongs to it."""
        return compare_digest(self.state.encode(), (state or "").encode())
