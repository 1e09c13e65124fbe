"""What can be asked of the directory: whether a membership stands where it did."""

from __future__ import annotations

from sqlalchemy import select

from kit.data.db import Session
from services.notify.directory.model import MembershipStep


def moved_on(session: Session, membership_id: str, version: int) -> bool:
    """Whether a membership has taken a step since its version, as far as is known here."""
    later = select(MembershipStep.version).where(
        MembershipStep.membership_id == membership_id, MembershipStep.version > version
    )
    return session.scalar(later.limit(1)) is not None
