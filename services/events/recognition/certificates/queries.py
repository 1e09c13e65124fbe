"""What can be asked about certificates: by anybody who has the number, for the number is the key."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from contracts.events.recognition.awards import AwardStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from services.events.recognition.awards.model import Award
from services.events.recognition.certificates.model import Certificate


def certificates_by_number(session: Session, numbers: list[str]) -> Sequence[Certificate]:
    """Those of these certificates that exist, with their awards, in no particular order."""
    query = select(Certificate).where(Certificate.number.in_(numbers)).options(joinedload(Certificate.award))
    return session.scalars(query).all()


def revocations(session: Session, edition_id: str) -> list[int]:
    """The places in an edition's status list whose awards were withdrawn, lowest first.

    At most as many as a status list is long (131,072). Refuses with NotFound where no certificate was ever issued.
    """
    if not session.scalar(select(exists().where(Certificate.edition_id == edition_id))):
        raise NotFound("competitionId")
    query = (
        select(Certificate.status_index)
        .join(Certificate.award)
        .where(Certificate.edition_id == edition_id, Award.status == AwardStatus.WITHDRAWN)
    )
    return list(session.scalars(query.order_by(Certificate.status_index)))
