"""What can be done about results: propose a version, take it back, and sign it as a second person."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.base import Named
from contracts.events.judging import results as say
from contracts.events.judging.results import NothingToRank, ProposalPending, ResultStatus, VersionStatus
from kit.data.db import Session
from kit.documents.digest import digest
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work import timers
from services.events.editions.editions.model import Stage
from services.events.judging.results.document import About, Document, canonical, public_document, whole_document
from services.events.judging.results.evidence import written_evidence
from services.events.judging.results.finishing import FINISH_RESULT, about, in_parts, rows_of, rules_of
from services.events.judging.results.gathering import Basis, basis_of, competing, ranking_of
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from services.events.judging.results.queries import result_of
from services.events.judging.results.rows import Row

VERSION_ANNOUNCED, VERSION_WITHDRAWN = "result_version_announced", "result_version_withdrawn"
"""The hooks of what follows when a version of a result is announced, or taken back before."""


def propose_result(session: Session, *, stage: Stage) -> Result:
    """Rank a stage and have the first version of its result wait for a supervisor.

    Refuses with CodesSealed, NothingToRank, ProposalPending, or ResultStands where a version was announced already.
    """
    result = result_of(session, stage.id, to_change=True) or _new_result(session, stage)
    known = competing(session, stage)
    basis = basis_of(session, stage, known)
    propose_version(session, result, basis, ranking_of(basis, known))
    return result


def propose_version(
    session: Session, result: Result, basis: Basis, rows: Sequence[Row], rejudging_id: str | None = None
) -> ResultVersion:
    """Add a version with these rows, which its basis came to; refuses as `propose_result` does."""
    if not any(row.place for row in rows):
        raise NothingToRank("stageId")
    number = max((version.number for version in result.versions), default=0) + 1
    whole = whole_document(_about(result, basis, number), rows)
    version = _version(session, number, whole, rows, rejudging_id)
    result.propose(version)
    record(session, result, say.ResultProposed(**about(result, version)))
    try:
        session.flush()
    except IntegrityError as error:  # somebody else proposed at the same moment
        raise ProposalPending("stageId") from error
    return version


def withdraw_proposal(session: Session, *, result: Result) -> ResultVersion:
    """Take the proposed version back, and return it; refuses with NothingProposed."""
    version = result.withdraw_proposal()
    record(session, result, say.ProposalWithdrawn(**about(result, version)))
    return version


def countersign_result(session: Session, *, result: Result, digest: str) -> ResultVersion:
    """Announce the proposed version, and return it: its public notice begins.

    Refuses with NothingProposed, DigestDiffers or SecondPersonNeeded.
    """
    version = result.countersign(person=session.viewer.id, digest=digest, now=session.now)
    rules = rules_of(session, result.stage, version.rules_version)
    hours = rules.renewed_notice_hours if version.rejudging_id else rules.notice_hours
    result.run_notice(now=session.now, notice_hours=hours, window_hours=rules.objections.window_hours)
    assert result.notice_ends_at and result.objections_until
    timers.at(session, result.notice_ends_at, FINISH_RESULT, result.id)
    facts: dict[str, Any] = {"notice_ends_at": result.notice_ends_at, "objections_until": result.objections_until}
    for part in in_parts(row.organization_id for row in rows_of(session, version)):
        record(session, result, say.ResultAnnounced(**about(result, version), **facts, organization_ids=part))
    return version


def _new_result(session: Session, stage: Stage) -> Result:
    result = Result(
        id=new_id(),
        created_at=session.now,
        edition_id=stage.edition_id,
        stage=stage,
        stage_id=stage.id,
        status=ResultStatus.WITHDRAWN,
        open_objections=0,
        versions=[],
    )
    session.add(result)
    try:
        session.flush()
    except IntegrityError as error:  # somebody else proposed the first version at the same moment
        raise ProposalPending("stageId") from error
    return result


def _about(result: Result, basis: Basis, number: int) -> About:
    stage, announced = result.stage, result.announced
    edition, track, holding = stage.edition, stage.track, stage.round
    return About(
        competition={**_named(edition.named), "edition": edition.number},
        track={**_named(track.named), "code": track.code},
        round={**_named(holding.named), "number": holding.number},
        stage=stage.id,
        number=number,
        supersedes=announced.digest if announced else None,
        rules=basis.rules,
        evidence=written_evidence(basis.evidence),
        salt=secrets.token_hex(16),
    )


def _named(named: Named) -> Document:
    return {"id": named.id, "zh": named.zh, "en": named.en}


def _version(
    session: Session, number: int, whole: Document, rows: Sequence[Row], rejudging_id: str | None
) -> ResultVersion:
    public = public_document(whole)
    shown = {row["entry"]: row for row in public["rows"]}
    return ResultVersion(
        id=new_id(),
        number=number,
        status=VersionStatus.PROPOSED,
        digest=digest(public),
        rules_version=whole["rules"]["version"],
        rejudging_id=rejudging_id,
        proposed_by=session.viewer.id,
        proposed_at=session.now,
        document=canonical(public),
        whole_document=canonical(whole),
        rows=[ResultRow.of(row, position, shown.get(row.entry_id)) for position, row in enumerate(rows, 1)],
    )
