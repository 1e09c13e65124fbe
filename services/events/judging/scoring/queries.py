"""What can be asked about score sheets: by their judges, in numbers by who runs a stage, all by the families that rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import and_, exists, func, select

from contracts.browsing import START, Stretch
from contracts.events.judging.scoring import SheetStatus
from contracts.refusals import Invalid, InvalidInput
from kit.data.db import Session
from kit.data.paging import DEFAULT, Page
from services.events.editions.editions.model import Stage
from services.events.editions.rulesets.model import RuleSet
from services.events.editions.rulesets.reading import section_of
from services.events.judging.blinding.model import BlindCode, Seal
from services.events.judging.judges.model import Assignment
from services.events.judging.locks import queries as locks
from services.events.judging.scoring.model import Sheet
from services.events.judging.scoring.ranking import CountedSheet, Placing, Ranking, rank
from services.events.judging.scoring.remembering import RANKINGS, State, state
from services.events.judging.scoring.rules import ScoringForm, ScoringRules
from services.events.judging.scoring.sensitivity import Stability
from services.events.judging.scoring.sensitivity import sensitivity as stability

Row = TypeVar("Row", Placing, Stability)
ITS_SHEET = and_(Sheet.id == Assignment.id, Sheet.seat_id == Assignment.seat_id)
SUBMITTED = (SheetStatus.SUBMITTED, SheetStatus.LOCKED)


def judged_codes(session: Session, seat_id: str) -> set[str]:
    """The codes for which a seat has submitted its sheet."""
    query = select(Assignment.code).join(Sheet, ITS_SHEET)
    return set(session.scalars(query.where(Assignment.seat_id == seat_id, Sheet.status.in_(SUBMITTED))))


def is_judged(session: Session, stage_id: str) -> bool:
    """Whether anybody was given anything to judge in a stage."""
    return bool(session.scalar(select(exists().where(Assignment.stage_id == stage_id))))


def opened_among(session: Session, stage_ids: Iterable[str]) -> set[str]:
    """Those of these stages whose codes are opened."""
    return set(session.scalars(select(Seal.id).where(Seal.id.in_(set(stage_ids)), Seal.opened_at.is_not(None))))


def rule_set(session: Session, stage: Stage) -> RuleSet:
    """The version of the rules by which the sheets of a stage count; refuses with SheetsNotLocked."""
    return session.get_one(RuleSet, (stage.edition_id, locks.locked(session, stage.id).rules_version))


def counted(session: Session, stage: Stage) -> tuple[list[CountedSheet], Mapping[str, int], str]:
    """What the ranking of a stage is made from: locked sheets, how many sheets each code should have, the seed of lots.

    Refuses with SheetsNotLocked.
    """
    return _counted(session, state(session, stage))


def ranking(session: Session, stage: Stage, most: int) -> Ranking:
    """The ranking of a stage from its locked sheets; refuses with SheetsNotLocked. `most` rows are remembered."""
    stands = state(session, stage)

    def made() -> Ranking:
        sheets, expected, seed = _counted(session, stands)
        return rank(rules(session, stage), sheets, expected=expected, seed=seed)

    return RANKINGS.of(stands, made, lambda found: found.rows, most)


def sensitivity(session: Session, stage: Stage, prizes: Sequence[int], most: int) -> tuple[Stability, ...]:
    """What each place of the ranking depends on; refuses with SheetsNotLocked. `most` rows are remembered."""
    stands = state(session, stage)

    def made() -> tuple[Stability, ...]:
        sheets, expected, seed = _counted(session, stands)
        return stability(rules(session, stage), sheets, expected=expected, seed=seed, prizes=prizes)

    return RANKINGS.of((stands, *prizes), made, lambda found: found, most)


def rules(session: Session, stage: Stage) -> ScoringRules:
    """The rules by which the locked sheets of a stage count; refuses with SheetsNotLocked."""
    return section_of(rule_set(session, stage).document, stage.track.code, ScoringForm)


def part(rows: Sequence[Row], *, stretch: Stretch = START) -> Page[Row]:
    """A page of a ranking, whose cursors are the codes of its rows."""
    codes = [row.code for row in rows]
    if stretch.counted:
        return Page([], [], has_next=False, total=len(codes))
    start, end = _within(codes, stretch)
    has_previous = start > 0 if stretch.backwards else None
    return Page(list(rows[start:end]), codes[start:end], end < len(codes), has_previous=has_previous)


def _within(codes: list[str], stretch: Stretch) -> tuple[int, int]:
    size = stretch.size or DEFAULT
    if stretch.cursor is not None and stretch.cursor not in codes:
        raise InvalidInput(Invalid(stretch.field))
    if stretch.backwards:
        end = codes.index(stretch.cursor) if stretch.cursor is not None else len(codes)
        return max(end - size, 0), end
    start = codes.index(stretch.cursor) + 1 if stretch.cursor is not None else 0
    return start, start + size


def _counted(session: Session, stands: State) -> tuple[list[CountedSheet], Mapping[str, int], str]:
    query = select(Assignment.seat_id, Assignment.code, Sheet.points).join(Sheet, ITS_SHEET)
    rows = session.execute(query.where(Assignment.stage_id == stands.stage_id, Sheet.status == SheetStatus.LOCKED))
    found = [
        CountedSheet(seat_id, code, {key: Decimal(value) for key, value in points.items()})
        for seat_id, code, points in rows
    ]
    return found, _expected(session, stands), stands.seed


def _expected(session: Session, stands: State) -> Mapping[str, int]:
    """How many sheets each code that takes part should have."""
    its_own = and_(Assignment.stage_id == BlindCode.stage_id, Assignment.code == BlindCode.code)
    codes = select(BlindCode.code, BlindCode.entry_id, func.count(Assignment.id).label("sheets"))
    codes = codes.outerjoin(Assignment, its_own).where(BlindCode.stage_id == stands.stage_id)
    rows = session.execute(codes.group_by(BlindCode.code, BlindCode.entry_id))
    return {row.code: row.sheets for row in rows if row.entry_id not in stands.left_out}
