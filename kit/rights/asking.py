"""Asking: a right is asked before anything is done, and a call that ends without having asked for its own is a fault."""

from __future__ import annotations

from contracts.refusals import NotAllowed, SignInRequired
from kit.data.db import Session
from kit.rights.right import PUBLIC, SIGNED_IN, Right

_ASKED = "rights asked"


class RightNotAskedError(AssertionError):
    """A method has said who may call it, and has asked for another right or for none: its answer is not given."""


def require(session: Session, right: Right, **keys: str | None) -> None:
    """Go on only if the viewer has the right for the row with these keys.

    Raises SignInRequired for a visitor and NotAllowed for everybody else.
    """
    session.info.setdefault(_ASKED, []).append(right)
    if not session.viewer.signed_in:
        raise SignInRequired
    if not holds(session, right, **keys):
        raise NotAllowed


def require_signed_in(session: Session) -> None:
    """Go on only for somebody in particular."""
    if not session.viewer.signed_in:
        raise SignInRequired


def begin(session: Session, named: Right) -> None:
    """What a right says before anything was looked up: where only somebody in particular may, a visitor is refused."""
    if named >= SIGNED_IN and not named >= PUBLIC:
        require_signed_in(session)


def holds(session: Session, right: Right, **keys: str | None) -> bool:
    """Whether the viewer has the right for the row with these keys."""
    return right.test(session)(**keys)


def end(session: Session, named: Right) -> None:
    """A method that names a right has asked for it, or for the part of it that its case needs; raises RightNotAskedError."""
    asked: list[Right] = session.info.get(_ASKED, [])
    if not all(right <= named for right in asked):
        raise RightNotAskedError("a right was asked for that is not named")
    if not asked and not (named >= PUBLIC or named >= SIGNED_IN):
        raise RightNotAskedError("the right that is named was not asked for")
