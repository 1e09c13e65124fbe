"""Scores as a table: every sheet that counts, of the stages whose codes are opened and of no others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from contracts.browsing import Stretch
from contracts.events.judging.blinding import CodesSealed
from contracts.events.judging.scoring import SheetStatus
from contracts.refusals import NotAllowed, SignInRequired
from kit.data.db import Session
from kit.data.paging import page
from kit.sheets.tables import Column, Part, Row, Table, moment, named, number, province, table, time
from services.events.admission.entries.model import Entry
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.rulesets.model import RuleSet
from services.events.editions.rulesets.reading import section_of
from services.events.exports.queries import institutions
from services.events.exports.rights import Sight
from services.events.exports.seeing import seen
from services.events.judging.blinding.model import BlindCode, Seal
from services.events.judging.judges.model import Assignment, Candidate, Seat
from services.events.judging.locks.model import SheetLock
from services.events.judging.scoring.model import Sheet
from services.events.judging.scoring.rules import Criterion, ScoringForm

BEFORE = (
    Column("轮次", "Round"),
    Column("赛道", "Track"),
    Column("盲评编码", "Code"),
    Column("省份", "Province"),
    Column("单位", "Institution"),
    Column("参赛者", "Contestant"),
    Column("评委", "Judge"),
)
AFTER = (Column("评语", "Remark"), time("提交时间", "Submitted at"))


def export_scores(session: Session, edition: Edition, sight: Sight, part: Part) -> Table:
    """By stage and code, for organisers and supervisors.

    Refuses with SignInRequired, NotAllowed, or CodesSealed while no stage is opened.
    """
    if not session.viewer.signed_in:
        raise SignInRequired
    if sight.own_only:
        raise NotAllowed
    stages = _opened(session, edition)
    if not stages:
        raise CodesSealed("competition")
    criteria = _criteria(session, edition, stages)
    found = page(session, _counting(stages), Stretch(part.first, part.after))
    behind = _behind(session, found.rows)
    known = institutions(session, (entry.organization_id for entry in behind.values()))
    seen(session, edition, (entry for entry in behind.values() if sight.names(entry.organization_id, entry.province)))
    judges = _judges(session, found.rows) if sight.runs else {}
    columns = [*BEFORE, *(number(each.name_zh, each.name_en) for each in criteria.values()), *AFTER]

    def row(sheet: Sheet) -> Row:
        entry = behind[sheet.stage_id, sheet.assignment.code]
        return [
            *_place(stages[sheet.stage_id], sheet.assignment.code),
            province(entry.province),
            named(known.get(entry.organization_id)),
            entry.contestant if sight.names(entry.organization_id, entry.province) else None,
            judges.get(sheet.seat_id),
            *(sheet.points.get(key) for key in criteria),
            sheet.remark,
            moment(sheet.submitted_at),
        ]

    return table(found, columns, row)


def _place(stage: Stage, code: str) -> Row:
    return [named(stage.round.named), named(stage.track.named), code]


def _opened(session: Session, edition: Edition) -> dict[str, Stage]:
    """The stages whose codes are opened."""
    query = select(Stage).join(Seal, Seal.id == Stage.id).options(joinedload(Stage.track), joinedload(Stage.round))
    opened = query.where(Stage.edition_id == edition.id, Seal.opened_at.is_not(None))
    return {stage.id: stage for stage in session.scalars(opened)}


def _counting(stages: Iterable[str]) -> Select[Sheet]:
    """The sheets that count, by stage and code."""
    own = (Assignment.stage_id.in_(stages), Sheet.seat_id == Assignment.seat_id, Sheet.status == SheetStatus.LOCKED)
    query = select(Sheet).join(Sheet.assignment).where(*own).options(contains_eager(Sheet.assignment))
    return query.order_by(Assignment.stage_id, Assignment.code, Assignment.id)


def _criteria(session: Session, edition: Edition, stages: Mapping[str, Stage]) -> dict[str, Criterion]:
    """Every criterion of these stages by its key, by the versions of the rules by which their sheets count."""
    query = select(SheetLock.stage_id, RuleSet.document).join(RuleSet, RuleSet.number == SheetLock.rules_version)
    locked = query.where(SheetLock.stage_id.in_(stages), RuleSet.edition_id == edition.id).order_by(SheetLock.stage_id)
    found: dict[str, Criterion] = {}
    for stage_id, document in session.execute(locked):
        rules = section_of(document, stages[stage_id].track.code, ScoringForm)
        found |= {criterion.key: criterion for criterion in rules.rubric.criteria}
    return found


def _behind(session: Session, sheets: Sequence[Sheet]) -> dict[tuple[str, str], Entry]:
    """The entries behind the codes of these sheets, whose stages are opened."""
    stages, codes = {sheet.stage_id for sheet in sheets}, {sheet.assignment.code for sheet in sheets}
    query = select(BlindCode.stage_id, BlindCode.code, Entry).join(Entry, Entry.id == BlindCode.entry_id)
    rows = session.execute(query.where(BlindCode.stage_id.in_(stages), BlindCode.code.in_(codes)))
    return {(stage_id, code): entry for stage_id, code, entry in rows}


def _judges(session: Session, sheets: Sequence[Sheet]) -> dict[str, str]:
    """The names of those who sit on the seats."""
    query = select(Seat.id, Candidate.name).join(Candidate, Candidate.id == Seat.candidate_id)
    rows = session.execute(query.where(Seat.id.in_({sheet.seat_id for sheet in sheets})))
    return {row.id: row.name for row in rows}
