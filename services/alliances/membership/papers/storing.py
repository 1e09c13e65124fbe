"""Storing: papers take up no more than their organisation may have, and those of all organisations no more than the hub has."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, func, select

from contracts.alliances.membership.papers import OrganizationStorageFull, PapersStorageFull
from kit.data.db import Session
from procedures.uploads.storing import HUB, Bound, give_back, take_room
from services.alliances.membership.papers.model import ApplicationPaper, PaperUpload, PaperUse
from services.alliances.membership.papers.settings import PaperSettings


def take(session: Session, most: PaperSettings, organization_id: str, size: int) -> None:
    """Count a paper that is announced; refuses with OrganizationStorageFull or PapersStorageFull.

    To be called while the organisation is held, and before the paper has a row.
    """
    used = int(session.scalar(_counted(organization_id=organization_id)) or 0)
    if used + size > most.organization:
        left = max(0, most.organization - used)
        raise OrganizationStorageFull("size", used=used, left=left, max=most.organization)
    take_room(session, PaperUse, size, {HUB: Bound(most.hub, PapersStorageFull, _counted())})


def leave(session: Session, gone: Sequence[ApplicationPaper | PaperUpload]) -> None:
    """Count papers no more that are deleted, and uploads of which none came."""
    if gone:
        give_back(session, PaperUse, {HUB: sum(each.size for each in gone)})


def _counted(**of: str) -> Select[tuple[int]]:
    """What there is of an organisation's, or of all."""
    kept = select(func.coalesce(func.sum(ApplicationPaper.size), 0)).filter_by(**of)
    coming = select(func.coalesce(func.sum(PaperUpload.size), 0)).filter_by(arrived_at=None, **of)
    return select(kept.scalar_subquery() + coming.scalar_subquery())
