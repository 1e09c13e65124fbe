"""What can be done in a re-judging: open it, judge again, rule, and apply what was previewed or cancel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.base import Message
from contracts.events.judging import rejudging as say
from contracts.events.judging.judges import CandidateStatus
from contracts.events.judging.rejudging import (
    AnotherArbitratorNeeded,
    DifferenceChanged,
    JudgeConflicted,
    RejudgingKnown,
    RejudgingStatus,
    RulingKind,
    RulingKnown,
)
from contracts.events.judging.scoring import SheetIncomplete
from contracts.refusals import NotFound, NothingChanged
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.events.editions.rulesets import reading as rulebook
from services.events.editions.rulesets.model import RuleSet
from services.events.judging.blinding.queries import entries_of_codes
from services.events.judging.judges.gathering import conflicts_in
from services.events.judging.judges.model import Assignment
from services.events.judging.judges.queries import judging_rules
from services.events.judging.objections.commands import remedy_objection
from services.events.judging.objections.model import Objection
from services.events.judging.rejudging.difference import written
from services.events.judging.rejudging.following import about
from services.events.judging.rejudging.model import RejudgedSheet, Rejudging, Ruling
from services.events.judging.rejudging.previewing import preview
from services.events.judging.rejudging.queries import assignment, candidates
from services.events.judging.results.commands import propose_version
from services.events.judging.results.finishing import rows_of
from services.events.judging.results.rows import text_of
from services.events.judging.scoring.model import points_of
from services.events.judging.scoring.rules import ScoringForm


def open_rejudging(
    session: Session, *, objection: Objection, entry_ids: Sequence[str], people: Sequence[str]
) -> Rejudging:
    """Have entries judged again for an upheld objection, by these people.

    Refuses with ObjectionStands, NotSeated, NotFound, JudgeConflicted or RejudgingKnown.
    """
    objection.check_remedied_by(session.viewer.id)
    version = objection.result.announced
    assert version, "only what was announced is objected to"
    if not set(entry_ids) <= {row.entry_id for row in rows_of(session, version)}:
        raise NotFound("entryIds")
    _check_judges(session, objection, entry_ids, people)
    rejudging = Rejudging(
        id=new_id(),
        created_at=session.now,
        objection=objection,
        objection_id=objection.id,
        result_id=objection.result_id,
        status=RejudgingStatus.OPEN,
        entry_ids=sorted(set(entry_ids)),
        people=sorted(set(people)),
        opened_by=session.viewer.id,
        sheets=[],
        rulings=[],
    )
    session.add(rejudging)
    _say(session, rejudging, say.RejudgingOpened)
    try:
        session.flush()
    except IntegrityError as error:
        raise RejudgingKnown("objectionId") from error
    return rejudging


def rejudge_sheet(
    session: Session, *, rejudging: Rejudging, sheet_id: str, scores: Iterable[Mapping[str, Any]], remark: str
) -> Rejudging:
    """Give a sheet that takes the place of another, as one of the appointed judges.

    Refuses with RejudgingStands, NotAppointed, NotFound, NotInRejudging, or as a sheet is refused: with CriterionUnknown,
    GivenTwice, PointsInvalid or SheetIncomplete.
    """
    rejudging.check_open()
    rejudging.check_appointed(session.viewer.id)
    given, person, _ = _covered(session, rejudging, sheet_id)
    sheet = RejudgedSheet(
        id=new_id(),
        rejudging_id=rejudging.id,
        assignment_id=given.id,
        seat_id=given.seat_id,
        code=given.code,
        appointed=person != session.viewer.id,
        points={key: text_of(value) for key, value in _points(session, rejudging, scores).items()},
        remark=remark,
        person=session.viewer.id,
        given_at=session.now,
    )
    rejudging.sheets.append(sheet)
    return rejudging


def exclude_sheet(session: Session, *, rejudging: Rejudging, sheet_id: str, reason: str) -> Rejudging:
    """Rule that a sheet no longer counts.

    Refuses with RejudgingStands, NotSeated, NotFound, NotInRejudging or RulingKnown.
    """
    _check_rules(session, rejudging)
    given, _, entry_id = _covered(session, rejudging, sheet_id)
    facts = {"assignment_id": given.id, "seat_id": given.seat_id, "code": given.code}
    return _rule(session, rejudging, RulingKind.SHEET_EXCLUDED, entry_id, reason, **facts)


def disqualify_entry(session: Session, *, rejudging: Rejudging, entry_id: str, reason: str) -> Rejudging:
    """Rule that an entry has no place; refuses with RejudgingStands, NotSeated, NotInRejudging or RulingKnown."""
    _check_rules(session, rejudging)
    rejudging.check_covers(entry_id, "entryId")
    return _rule(session, rejudging, RulingKind.DISQUALIFIED, entry_id, reason)


def lift_ruling(session: Session, *, rejudging: Rejudging, ruling_id: str) -> Rejudging:
    """Let a ruling count no longer; refuses with RejudgingStands, NotSeated, NotFound or RulingLifted."""
    _check_rules(session, rejudging)
    ruling = next((each for each in rejudging.rulings if each.id == ruling_id), None)
    if ruling is None:
        raise NotFound("rulingId")
    ruling.lift(session.now)
    return rejudging


def apply_rejudging(session: Session, *, rejudging: Rejudging, difference_digest: str) -> Rejudging:
    """Propose exactly what was previewed as a new version of the result, for a supervisor to sign.

    Refuses with RejudgingStands, NotSeated, DifferenceChanged, NothingChanged or ProposalPending.
    """
    _check_rules(session, rejudging)
    result = rejudging.objection.result
    found = preview(session, result, rejudging)
    if found.digest != difference_digest:
        raise DifferenceChanged("differenceDigest")
    if not found.changes:
        raise NothingChanged("rejudgingId")
    rejudging.status = RejudgingStatus.APPLIED
    rejudging.applied_by, rejudging.applied_at = session.viewer.id, session.now
    rejudging.difference, rejudging.difference_digest = {"changes": written(found.changes)}, found.digest
    _say(session, rejudging, say.RejudgingApplied, difference_digest=found.digest)
    propose_version(session, result, found.basis, found.rows, rejudging.id)
    return rejudging


def cancel_rejudging(session: Session, *, rejudging: Rejudging, reason: str) -> Rejudging:
    """End it without a change of the result; the objection is closed with the same reason.

    Refuses with RejudgingStands or NotSeated, and with AnotherArbitratorNeeded whoever opened it, for one person alone
    must not undo what the panel has decided.
    """
    _check_rules(session, rejudging)
    alone = len(rejudging.objection.panel) == 1
    if rejudging.opened_by == session.viewer.id and not alone:
        raise AnotherArbitratorNeeded("rejudgingId")
    rejudging.status, rejudging.cancel_reason = RejudgingStatus.CANCELLED, reason
    _say(session, rejudging, say.RejudgingCancelled, reason=reason)
    remedy_objection(session, rejudging.objection, remedied=False, reason=reason)
    return rejudging


def _check_rules(session: Session, rejudging: Rejudging) -> None:
    """Go on only for those of the panel who upheld the objection, while it can be changed."""
    rejudging.check_open()
    rejudging.objection.check_upheld_by(session.viewer.id)


def _check_judges(session: Session, objection: Objection, entry_ids: Sequence[str], people: Sequence[str]) -> None:
    """Go on only if every judge is a candidate of the edition whom no conflict ties to an entry that is judged again.

    Nobody who decided on the objection or filed it judges again.
    """
    stage = objection.result.stage
    known = [each for each in candidates(session, stage.edition_id, people) if each.status == CandidateStatus.NOMINATED]
    rules = judging_rules(session, stage)
    tied = {each.judge for each in conflicts_in(session, stage, known, rules) if each.entry in entry_ids}
    fit = {each.person for each in known if each.id not in tied}
    involved = {seat.person for seat in objection.seats} | {objection.person}
    for person in people:
        if person not in fit or person in involved:
            raise JudgeConflicted("people", person=person)


def _covered(session: Session, rejudging: Rejudging, sheet_id: str) -> tuple[Assignment, str, str]:
    """The assignment of a sheet that this is about, the person in its seat, and its entry."""
    stage_id = rejudging.objection.result.stage_id
    given, person = assignment(session, sheet_id, stage_id)
    entry_id = entries_of_codes(session, stage_id).get(given.code, "")
    rejudging.check_covers(entry_id, "sheetId")
    return given, person, entry_id


def _points(session: Session, rejudging: Rejudging, scores: Iterable[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Points for every criterion of the rubric by which the version that stands was judged."""
    result = rejudging.objection.result
    version = result.announced
    assert version, "only what was announced is objected to"
    rule_set = session.get_one(RuleSet, (result.edition_id, version.rules_version))
    rubric = rulebook.section_of(rule_set.document, result.stage.track.code, ScoringForm).rubric
    points = points_of(rubric, scores)
    for criterion in rubric.criteria:
        if criterion.key not in points:
            raise SheetIncomplete("scores", criterion=criterion.key)
    return points


def _rule(
    session: Session, rejudging: Rejudging, kind: RulingKind, entry_id: str, reason: str, **facts: str
) -> Rejudging:
    ruling = Ruling(
        id=new_id(),
        rejudging_id=rejudging.id,
        kind=kind,
        entry_id=entry_id,
        reason=reason,
        person=session.viewer.id,
        given_at=session.now,
        **facts,
    )
    rejudging.rulings.append(ruling)
    try:
        session.flush()
    except IntegrityError as error:
        raise RulingKnown from error
    return rejudging


def _say(session: Session, rejudging: Rejudging, message: type[Message], **facts: str) -> None:
    record(session, rejudging, message(**about(rejudging, rejudging.objection.result), **facts))
