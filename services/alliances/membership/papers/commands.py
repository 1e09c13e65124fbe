"""What can be done about papers: announce one, have it put together, take it back, and see that none is missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.alliances.membership import papers as say
from contracts.alliances.membership.memberships import MembershipStands
from contracts.refusals import NotFound
from contracts.uploads import TooManyUploads, UploadExpired
from kit.data.db import Session
from kit.files.stores import StoreAt
from kit.files.uploads import assemble
from kit.ids import new_id
from kit.work.job_rows import asked_at
from kit.work.jobs import Think
from procedures.uploads.sweeping import sweep_later
from services.alliances.membership.charters.reading import in_force
from services.alliances.membership.charters.rules import PaperRules, PapersForm
from services.alliances.membership.memberships.model import OVER, S
from services.alliances.membership.memberships.queries import between
from services.alliances.membership.papers import queries, retaining, storing
from services.alliances.membership.papers.model import ApplicationPaper, PaperUpload
from services.alliances.membership.papers.settings import PaperSettings
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization

TAKEN = OVER | {S.INVITED, S.RETURNED}
"""Where a membership stands while papers come and go: what the secretariat decides on does not change under its hands."""


def rules_of(session: Session, alliance_id: str) -> PaperRules:
    """What the charter says today."""
    return in_force(session, alliance_id).section(PapersForm)


def begin_application_paper(
    session: Session,
    *,
    alliance: Alliance,
    organization: Organization,
    most: PaperSettings,
    media_type: str,
    size: int,
    kind: str | None = None,
    **file: Any,
) -> PaperUpload:
    """Let a paper be sent, as a further one or in place of the one of its kind.

    Refuses with MembershipStands, MediaTypeNotTaken, FileTooLarge, PaperKindUnknown, TooManyApplicationPapers,
    TooManyUploads, OrganizationStorageFull and PapersStorageFull.
    """
    rules, pair = rules_of(session, alliance.id), {"alliance_id": alliance.id, "organization_id": organization.id}
    alliance.check_goes_on()
    organization.check_goes_on()
    rules.check(media_type, size)
    if kind and kind not in rules.kinds:
        raise say.PaperKindUnknown("kind", kinds=", ".join(rules.kinds) or "—")
    queries.hold(session, organization.id)
    _check_taken(session, **pair)
    _check_number(session, rules, pair, kind or "")
    storing.take(session, most, organization.id, size)
    upload = PaperUpload(id=new_id(), **pair, kind=kind or "", person=session.viewer.id, **file)
    upload.media_type, upload.size = media_type, size
    upload.piece_size, upload.expires_at = rules.piece_bytes, rules.expiry(session.now)
    session.add(upload)
    sweep_later(session, upload, retaining.SWEEP_PAPER)
    session.flush()
    return upload


def complete_application_paper(session: Session, think: Think, *, upload_id: str, at: StoreAt) -> ApplicationPaper:
    """Make a paper of what was sent; an upload that was completed before changes nothing.

    Refuses with UploadExpired what was asked for too late, with PiecesMissing, ChecksumWrong, NotThatType, and with
    MembershipStands where the application was handed in meanwhile.
    """
    upload = queries.upload(session, upload_id)
    if earlier := session.get(ApplicationPaper, upload_id):
        return earlier
    if upload is None or upload.arrived_at:
        raise UploadExpired("uploadId")
    upload.check_alive(asked_at(session))
    think(assemble, at, upload.announced)
    _hold_taken(session, upload)
    return _arrived(session, upload)


def remove_application_paper(session: Session, *, paper: ApplicationPaper) -> None:
    """Delete a paper that does not belong there; refuses with MembershipStands, or NotFound where it has gone meanwhile."""
    _hold_taken(session, paper)
    there = queries.still(session, paper.id)
    if there is None:
        raise NotFound("paperId")
    retaining.erase(session, [there])


def hand_in(session: Session, *, alliance_id: str, organization_id: str) -> None:
    """Let the papers go with an application that is handed in by this transaction: they stand until it is decided on.

    Refuses with ApplicationPapersMissing where one is missing that the charter asks for.
    """
    queries.hold(session, organization_id)
    there = queries.papers(session, alliance_id=alliance_id, organization_id=organization_id)
    known = {each.kind for each in there}
    kinds = rules_of(session, alliance_id).kinds.values()
    if missing := [kind for kind in kinds if kind.required and kind.code not in known]:
        zh, en = "、".join(each.name_zh for each in missing), ", ".join(each.name_en for each in missing)
        raise say.ApplicationPapersMissing(papers_zh=zh, papers=en)
    retaining.stay(session, there)


def _hold_taken(session: Session, file: ApplicationPaper | PaperUpload) -> None:
    """Go on only while the one to whom it belongs now adds papers; nobody else changes theirs meanwhile."""
    organization_id = queries.whose(session, file.organization_id)
    queries.hold(session, organization_id)
    _check_taken(session, alliance_id=file.alliance_id, organization_id=organization_id)


def _check_taken(session: Session, *, alliance_id: str, organization_id: str) -> None:
    membership = between(session, alliance_id, organization_id)
    if membership is not None and membership.status not in TAKEN:
        raise MembershipStands.at(membership.status)


def _check_number(session: Session, rules: PaperRules, pair: dict[str, str], kind: str) -> None:
    coming = queries.uploads(session, **pair)
    if len(coming) >= rules.uploads:
        raise TooManyUploads(max=rules.uploads)
    there: Sequence[ApplicationPaper | PaperUpload] = [
        *queries.papers(session, **pair),
        *(each for each in coming if not each.arrived_at),
    ]
    kinds = {each.kind for each in there if each.kind}
    further = sum(not each.kind for each in there)
    if len(kinds | ({kind} if kind else set())) + further + (not kind) > rules.most:
        raise say.TooManyApplicationPapers(max=rules.most)


def _arrived(session: Session, upload: PaperUpload) -> ApplicationPaper:
    """The paper, in place of an earlier one of its kind."""
    if upload.kind:
        retaining.erase(session, [each for each in queries.papers(session, **upload.pair) if each.kind == upload.kind])
    upload.arrived_at = session.now
    copied = ("id", "alliance_id", "organization_id", "kind", "name", "person", "media_type", "size", "sha256")
    paper = ApplicationPaper(**{name: getattr(upload, name) for name in copied}, completed_at=session.now)
    session.add(paper)
    session.flush()
    retaining.erase_later(session, paper)
    return paper
