"""Asking: a right is asked before anything is done, and a call that ends without having asked for its own is a fault."""

from __future__ import annotations

from collections.abc import Callable

from contracts.base import Refusal
from contracts.refusals import NotAllowed, SignInRequired
from kit.data.db import Session
from kit.rights.right import Right


class RightNotAskedError(AssertionError):
    """A method has said who may call it, and has asked for another right or for none: its answer is not given."""


def require(session: Session, right: Right, **keys: str | bool | None) -> None:
    """Go on only if the viewer has the right for the row with these keys.

    Raises SignInRequired for a visitor and NotAllowed for everybody else.
    """
    require_each(session, right)(**keys)


def require_each(session: Session, right: Right) -> Callable[..., None]:
    """`require` for any number of rows, with one statement for all."""
    session.asked.append(right)
    return of_each(session, right)


def of_each(session: Session, right: Right) -> Callable[..., None]:
    """`require_each` for a call that answers each row by itself and so is refused to nobody as a whole."""
    admits = right.test(session)

    def check(**keys: str | bool | None) -> None:
        if not admits(**keys):
            raise NotAllowed if session.viewer.signed_in else SignInRequired

    return check


def require_signed_in(session: Session) -> None:
    """Go on only for somebody in particular."""
    if not session.viewer.signed_in:
        raise SignInRequired


def holds(session: Session, right: Right, **keys: str | bool | None) -> bool:
    """Whether the viewer has the right for the row with these keys."""
    return right.test(session)(**keys)


def begin(session: Session, named: Right) -> None:
    """What a right says before anything is looked up: where no visitor can have it, a visitor is refused."""
    if not named.is_for_visitors:
        require_signed_in(session)


def unasked(session: Session, named: Right, refusal: Refusal) -> Refusal:
    """What is told of a refusal: one that comes before the right was asked tells of a thing, and so not everybody.

    Somebody who has the right somewhere hears it; all others hear what they would hear of a thing that is there.
    """
    if session.asked or named.looks_at_no_row or named.is_held_somewhere(session):
        return refusal
    return NotAllowed() if session.viewer.signed_in else SignInRequired()


def end(session: Session, named: Right) -> None:
    """See that a method has asked for the right that it names, or for the part that its case needs.

    Raises RightNotAskedError.
    """
    if not all(right <= named for right in session.asked):
        raise RightNotAskedError("a right was asked for that is not named")
    if not session.asked and not named.looks_at_no_row:
        raise RightNotAskedError("the right that is named was not asked for")
