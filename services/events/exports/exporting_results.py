"""Results as a table: to everybody as the rules let them be shown, to those who run a competition whole."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from contracts.browsing import Stretch
from contracts.events.exports.exports import NothingToExport
from kit.data.db import Session
from kit.data.paging import page
from kit.sheets.tables import Column, Part, Row, Table, named, number, province, table, word
from services.events.editions.editions.model import Edition, Stage
from services.events.exports.rights import Sight
from services.events.exports.seeing import seen
from services.events.judging.results.model import Result, ResultRow

PUBLIC = (
    Column("轮次", "Round"),
    Column("赛道", "Track"),
    number("名次", "Place"),
    Column("盲评编码", "Code"),
    Column("省级行政区划代码", "Province code"),
    Column("省份", "Province"),
    Column("单位", "Institution"),
    Column("参赛者", "Contestant"),
    number("成绩", "Score"),
)
INSIDE = (
    number("原始分", "Raw score"),
    number("调整分", "Adjusted score"),
    Column("并列判定", "Tie"),
    Column("备注", "Remark"),
)


def export_results(session: Session, edition: Edition, sight: Sight, part: Part) -> Table:
    """By stage and position, of the versions that stand; refuses with NothingToExport where none is public."""
    inside = not sight.own_only
    versions = _standing(session, edition, inside=inside)
    if not versions:
        raise NothingToExport("competition")
    query = select(ResultRow).where(ResultRow.version_id.in_(versions))
    if not inside:
        query = query.where(ResultRow.shown)
    ordered = query.order_by(ResultRow.version_id, ResultRow.position)
    found = page(session, ordered, Stretch(part.first, part.after))
    seen(session, edition, (row for row in found.rows if sight.names(row.organization_id, row.province)))
    columns = [*PUBLIC, *INSIDE] if inside else PUBLIC
    return table(found, columns, lambda row: _row(row, versions[row.version_id], sight))


def _standing(session: Session, edition: Edition, *, inside: bool) -> Mapping[str, Stage]:
    """The stage of each version that stands, as far as the viewer may see it now."""
    whole = (
        joinedload(Result.stage).options(joinedload(Stage.track), joinedload(Stage.round)),
        selectinload(Result.versions),
    )
    found = session.scalars(select(Result).where(Result.edition_id == edition.id).options(*whole)).all()
    return {result.announced.id: result.stage for result in found if result.announced and (inside or result.is_public)}


def _row(row: ResultRow, stage: Stage, sight: Sight) -> Row:
    """Names as the rules show them; whole to those who run the competition and to the delegation itself."""
    own = sight.names(row.organization_id, row.province)
    public: Row = [
        named(stage.round.named),
        named(stage.track.named),
        None if row.place is None else str(row.place),
        row.code,
        row.province,
        province(row.province),
        word(row.organization_zh, row.organization_en),
        row.contestant if own else row.contestant_shown,
        row.score_text if not sight.own_only else row.score_shown,
    ]
    return [*public, row.raw_text, row.adjusted_text, row.tie, row.remark] if not sight.own_only else public
