"""Asking: a right is asked before anything is done, and a call that ends without having asked for its own is a fault."""

from __future__ import annotations

from contracts.refusals import NotAllowed, SignInRequired
from kit.data.db import Session
from kit.rights.right import PUBLIC, SIGNED_IN, Right

_ASKED = "rights asked"


class RightNotAskedError(AssertionError):
    """A method has said who may call it, and has asked for another right or for none: its answer is not given."""


def require(session: Session, right: Right, **keys: str | bool | None) -> None:
    """Go on only if the viewer has the right for the row with these keys.

    Raises SignInRequired for a visitor and NotAllowed for everybody else.
    """
    session.info.setdefault(_ASKED, []).append(right)
    if not holds(session, right, **keys):
        raise NotAllowed if session.viewer.signed_in else SignInRequired


def require_signed_in(session: Session) -> None:
    """Go on only for somebody in particular."""
    if not session.viewer.signed_in:
        raise SignInRequired


def holds(session: Session, right: Right, **keys: str | bool | None) -> bool:
    """Whether the viewer has the right for the row with these keys."""
    return right.test(session)(**keys)


def begin(session: Session, named: Right) -> None:
    """What a right says before anything is looked up: where only somebody in particular may, a visitor is refused."""
    if named == SIGNED_IN:
        require_signed_in(session)


def end(session: Session, named: Right) -> None:
    """See that a method has asked for the right that it names, or for the part that its case needs.

    Raises RightNotAskedError.
    """
    asked: list[Right] = session.info.get(_ASKED, [])
    if not all(right <= named for right in asked):
        raise RightNotAskedError("a right was asked for that is not named")
    if not asked and named not in (PUBLIC, SIGNED_IN):
        raise RightNotAskedError("the right that is named was not asked for")
