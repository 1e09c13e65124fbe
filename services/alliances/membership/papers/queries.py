"""What can be asked about papers: those of an application, those on their way, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from contracts.refusals import NotFound
from contracts.uploads import UploadExpired
from kit.data.db import Session
from kit.rights.merged import one_with, standing_for
from services.alliances.membership.papers.model import ApplicationPaper, PaperUpload
from services.alliances.registry.organizations.model import Organization


def papers(session: Session, *, alliance_id: str, organization_id: str) -> Sequence[ApplicationPaper]:
    """The papers of an application in the order in which they came; their number is bounded by the charter.

    Where organisations were merged, those of all of them are the survivor's.
    """
    ids = one_with(session, organization_id)
    query = select(ApplicationPaper).where(
        ApplicationPaper.organization_id.in_(ids), ApplicationPaper.alliance_id == alliance_id
    )
    return session.scalars(query.order_by(ApplicationPaper.id)).all()


def paper(session: Session, paper_id: str) -> ApplicationPaper:
    """The paper; refuses with NotFound."""
    found = session.get(ApplicationPaper, paper_id)
    if found is None:
        raise NotFound("paperId")
    return found


def still(session: Session, paper_id: str) -> ApplicationPaper | None:
    """The paper as it stands now that its organisation is held; None where it has gone, so that it goes once."""
    return session.get(ApplicationPaper, paper_id, with_for_update=True, populate_existing=True)


def upload(session: Session, upload_id: str) -> PaperUpload | None:
    """The upload, if it was not swept away yet; nobody else completes or sweeps it meanwhile."""
    return session.get(PaperUpload, upload_id, with_for_update=True, populate_existing=True)


def arrived_or_under_way(session: Session, upload_id: str) -> ApplicationPaper | PaperUpload:
    """The paper that an upload has become, or the upload; refuses with UploadExpired where there is neither."""
    found = session.get(ApplicationPaper, upload_id) or session.get(PaperUpload, upload_id)
    if found is None:
        raise UploadExpired("uploadId")
    return found


def uploads(session: Session, *, alliance_id: str, organization_id: str) -> Sequence[PaperUpload]:
    """The uploads of an application that are not swept away yet."""
    query = select(PaperUpload).filter_by(alliance_id=alliance_id, organization_id=organization_id)
    return session.scalars(query.order_by(PaperUpload.id)).all()


def whose(session: Session, organization_id: str) -> str:
    """To whom the papers of an organisation belong now: to the survivor where it was merged."""
    return standing_for(session, organization_id) or organization_id


def hold(session: Session, organization_id: str) -> None:
    """Let nobody else change the papers of this organisation, or hand them in, before this transaction has ended."""
    session.execute(select(Organization.id).where(Organization.id == organization_id).with_for_update())
