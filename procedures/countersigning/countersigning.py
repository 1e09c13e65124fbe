"""Countersigning (复核): what one person proposes stands once a second has signed exactly what they saw."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from contracts.refusals import DigestDiffers, NothingProposed, SecondPersonNeeded


class Countersigned:
    """The columns of what two people sign, for a mapped class. `digest` is that of all that the second person agrees to;
    the signatures are subjects of tokens.
    """

    digest: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    signed_by: Mapped[str | None]

    def sign(self, *, person: str, digest: str, field: str) -> None:
        """Take the second signature, once.

        Refuses with NothingProposed where it was given before, with DigestDiffers where the signer has seen something
        else, and with SecondPersonNeeded, in this order; a refusal names `field`.
        """
        if self.signed_by is not None:
            raise NothingProposed(field)
        if digest != self.digest:
            raise DigestDiffers("digest")
        if person == self.proposed_by:
            raise SecondPersonNeeded(field)
        self.signed_by = person


Kind = TypeVar("Kind", bound=Countersigned)


def two_people_sign() -> CheckConstraint:
    """What the database holds of it, as a constraint of the table."""
    return CheckConstraint("signed_by <> proposed_by", name="two_people_sign")


def waiting(proposed: Kind | None, field: str) -> Kind:
    """What waits for its second signature; refuses with NothingProposed where nothing does."""
    if proposed is None:
        raise NothingProposed(field)
    return proposed
