"""Tags: the entity tag of what is answered, and whether the caller has it already (RFC 9110, sections 8.8.3 and 13.1.2)."""

from __future__ import annotations

import hashlib

from starlette.requests import Request


def tag_of(*said: bytes) -> str:
    """The tag of all that an answer is made of."""
    digest = hashlib.sha256(b"\0".join(said)).hexdigest()
    return f'"{digest[:32]}"'


def has_it(request: Request, tag: str) -> bool:
    """Whether the caller names this version as one that it has, compared weakly."""
    asked = request.headers.get("if-none-match", "")
    return asked.strip() == "*" or tag in {each.strip().removeprefix("W/") for each in asked.split(",")}
