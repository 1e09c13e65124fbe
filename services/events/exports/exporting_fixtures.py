"""Fixtures as a table: when, where, who, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from contracts.base import Named
from contracts.browsing import Stretch
from contracts.events.editions.competitions import TrackKind
from kit.data.db import Session
from kit.data.paging import page
from kit.sheets.tables import Cell, Column, Part, Row, Table, moment, named, number, table, time
from services.events.admission.entries.model import Entry
from services.events.editions.editions.model import Edition, Stage
from services.events.exports.cells import FIXTURE_KIND, FIXTURE_SIDE, FIXTURE_STATUS
from services.events.exports.queries import institutions
from services.events.exports.rights import Sight
from services.events.fixtures.model import Fixture, ScoreRecord
from services.events.fixtures.queries import shown

COLUMNS = (
    Column("轮次", "Round"),
    Column("赛道", "Track"),
    number("场次", "Fixture"),
    Column("类别", "Kind"),
    Column("小组", "Group"),
    Column("状态", "Status"),
    time("开始时间", "Starts at"),
    time("结束时间", "Ends at"),
    Column("场地", "Venue"),
    Column("主队单位", "Home institution"),
    Column("主队", "Home team"),
    Column("客队单位", "Away institution"),
    Column("客队", "Away team"),
    number("主队得分", "Home score"),
    number("客队得分", "Away score"),
    Column("各局", "Sets"),
    Column("弃权", "Forfeited by"),
)


def export_fixtures(session: Session, edition: Edition, sight: Sight, part: Part) -> Table:
    """By stage and number: all for organisers, to others those that have a time."""
    query = select(Fixture).where(Fixture.edition_id == edition.id)
    if not sight.runs:
        query = query.join(Fixture.stage).join(Stage.edition).where(shown())
    whole = (
        joinedload(Fixture.stage).options(joinedload(Stage.track), joinedload(Stage.round)),
        joinedload(Fixture.home),
        joinedload(Fixture.away),
        joinedload(Fixture.venue),
    )
    ordered = query.options(*whole).order_by(Fixture.stage_id, Fixture.number)
    found = page(session, ordered, Stretch(part.first, part.after))
    sides = [entry for fixture in found.rows for entry in (fixture.home, fixture.away) if entry]
    known = institutions(session, (entry.organization_id for entry in sides))
    records = _records(session, [fixture.id for fixture in found.rows])
    return table(found, COLUMNS, lambda fixture: _row(fixture, known, records.get(fixture.id)))


def _row(fixture: Fixture, known: Mapping[str, Named], record: ScoreRecord | None) -> Row:
    teams = fixture.stage.track.kind == TrackKind.TEAM
    score = record.score if record else None
    return [
        named(fixture.stage.round.named),
        named(fixture.stage.track.named),
        str(fixture.number),
        FIXTURE_KIND[fixture.kind],
        fixture.group,
        FIXTURE_STATUS[fixture.status],
        moment(fixture.starts_at),
        moment(fixture.ends_at),
        named(fixture.venue.named if fixture.venue else None),
        *_side(fixture.home, fixture.home_source, known, teams=teams),
        *_side(fixture.away, fixture.away_source, known, teams=teams),
        str(score.score[0]) if score else None,
        str(score.score[1]) if score else None,
        " ".join(f"{home}:{away}" for home, away in score.sets) if score else None,
        FIXTURE_SIDE[score.forfeited_by] if score else None,
    ]


def _side(entry: Entry | None, source: str | None, known: Mapping[str, Named], *, teams: bool) -> list[Cell]:
    """Institution and team; where it is not known who, the source."""
    if entry is None:
        return [None, source]
    return [named(known.get(entry.organization_id)), entry.contestant if teams else None]


def _records(session: Session, fixture_ids: list[str]) -> dict[str, ScoreRecord]:
    """The newest record of each."""
    query = select(ScoreRecord).where(ScoreRecord.fixture_id.in_(fixture_ids)).order_by(ScoreRecord.record)
    return {record.fixture_id: record for record in session.scalars(query)}
