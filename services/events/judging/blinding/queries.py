"""What can be asked about blind codes: little before they are opened, by anybody; all by the families that judge."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import func, select

from contracts.browsing import START, Stretch
from contracts.events.judging.blinding import CodesNotDealt, CodesSealed, OpeningRole
from kit.data.db import Session
from kit.data.paging import Page, page
from kit.rights.asking import holds
from services.events.judging.blinding.model import BlindCode, Seal
from services.events.rights import ORGANIZES, SUPERVISES


def seal(session: Session, stage_id: str) -> Seal:
    """The seal on the codes of a stage; refuses with CodesNotDealt."""
    found = session.get(Seal, stage_id)
    if found is None:
        raise CodesNotDealt("stageId")
    return found


def codes(session: Session, stage_id: str) -> int:
    """How many codes a stage has."""
    return session.scalar(select(func.count()).where(BlindCode.stage_id == stage_id)) or 0


def entries_of_codes(session: Session, stage_id: str) -> Mapping[str, str]:
    """The entry behind each code of a stage: for the hub's own use, never to be shown before `opened`."""
    query = select(BlindCode.code, BlindCode.entry_id).where(BlindCode.stage_id == stage_id)
    return {row.code: row.entry_id for row in session.execute(query.order_by(BlindCode.code))}


def opened(session: Session, stage_id: str) -> bool:
    """Whether the codes of a stage are opened."""
    return session.scalar(select(Seal.opened_at).where(Seal.id == stage_id)) is not None


def sealed(session: Session, stage_ids: Collection[str]) -> set[str]:
    """Which of these stages have codes that are not opened."""
    query = select(Seal.id).where(Seal.id.in_(stage_ids), Seal.opened_at.is_(None))
    return set(session.scalars(query))


def is_sealed(session: Session, entry_id: str) -> bool:
    """Whether an entry has a code in some stage whose codes are not opened."""
    sealed = select(BlindCode.stage_id).join(Seal, Seal.id == BlindCode.stage_id)
    return bool(session.scalar(select(sealed.where(BlindCode.entry_id == entry_id, Seal.opened_at.is_(None)).exists())))


def opened_codes(session: Session, *, stage_id: str, stretch: Stretch = START) -> Page[BlindCode]:
    """The codes of a stage with their entries, by code; refuses with CodesNotDealt or CodesSealed."""
    if seal(session, stage_id).opened_at is None:
        raise CodesSealed("stageId")
    query = select(BlindCode).where(BlindCode.stage_id == stage_id).order_by(BlindCode.code)
    return page(session, query, stretch)


def opening_roles(session: Session, series_id: str) -> list[OpeningRole]:
    """In which roles the viewer can open codes; the hub office does what an organiser does."""
    rights = {
        OpeningRole.ORGANIZER: ORGANIZES,
        OpeningRole.SUPERVISOR: SUPERVISES.exactly(),
    }
    return [role for role, right in rights.items() if holds(session, right, series_id=series_id)]
