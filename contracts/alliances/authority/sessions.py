"""What is said about the sessions of a person that were ended: tokens issued until then are worth nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from contracts.base import Message


@dataclass(frozen=True, kw_only=True)
class SessionsEnded(Message, type="alliances.sessions_ended"):
    """No token of this person that was issued until this moment is accepted any more."""

    person: str
    ended_at: datetime


def session_key(person: str) -> str:
    """What stands for a person in the list that every gateway reads: it tells whether it is they, and not who they are."""
    return sha256(person.encode("utf-8", "surrogatepass")).hexdigest()
