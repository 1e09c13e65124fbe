"""What can be asked about results: everybody sees what is announced and not objected to, those who run it see all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from contracts.browsing import START, Stretch
from contracts.events.judging.results import ResultStatus, VersionStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, page
from services.events.editions.editions.model import Edition, Stage
from services.events.judging.results.model import Result, ResultRow, ResultVersion
from services.events.rights import RUNS, SEES_RESULT

_STAGE = joinedload(Result.stage)
_WHOLE = (
    selectinload(Result.versions),
    _STAGE.joinedload(Stage.track),
    _STAGE.joinedload(Stage.round),
    _STAGE.joinedload(Stage.edition).joinedload(Edition.series),
)


def result(session: Session, result_id: str, *, to_change: bool = False) -> Result:
    """The result with its stage and versions; refuses with NotFound.

    `to_change` locks it, and with it everything in its scope: objections, panels and re-judgings go through here.
    """
    found = _one(session, select(Result).where(Result.id == result_id), to_change)
    if found is None:
        raise NotFound("resultId")
    return found


def result_of(session: Session, stage_id: str, *, to_change: bool = False) -> Result | None:
    """The result of a stage, if one was ever proposed."""
    return _one(session, select(Result).where(Result.stage_id == stage_id), to_change)


def final_result(session: Session, stage_id: str) -> ResultVersion | None:
    """The version that is final, with its rows and its result; None before there is one."""
    query = (
        select(ResultVersion)
        .join(ResultVersion.result)
        .where(Result.stage_id == stage_id, Result.status == ResultStatus.FINAL)
        .where(ResultVersion.status == VersionStatus.ANNOUNCED)
        .options(selectinload(ResultVersion.rows), joinedload(ResultVersion.result))
    )
    return session.scalar(query)


def results(session: Session, *, competition_id: str, stretch: Stretch = START) -> Page[Result]:
    """The results of an edition that the viewer may know of, in the order in which they were proposed."""
    query = select(Result).where(Result.edition_id == competition_id).options(*_WHOLE).order_by(Result.id)
    return page(session, _visible(session, query), stretch)


def results_by_id(session: Session, ids: list[str]) -> Sequence[Result]:
    """Those of these results that the viewer may know of, in no particular order."""
    query = select(Result).where(Result.id.in_(ids)).options(*_WHOLE)
    return session.scalars(_visible(session, query)).all()


def rows(
    session: Session,
    *,
    result: Result,
    version: int | None = None,
    stretch: Stretch = START,
) -> Page[ResultRow]:
    """A page of the rows that the viewer may see: of the version that stands, for insiders of any; refuses with NotFound."""
    seen = version_seen(session, result, version)
    query = select(ResultRow).where(ResultRow.version_id == (seen.id if seen else None))
    if not is_insider(session, result):
        query = query.where(ResultRow.shown)
    return page(session, query.order_by(ResultRow.version_id, ResultRow.position), stretch)


def version_seen(session: Session, result: Result, number: int | None) -> ResultVersion | None:
    """The version that the viewer asks for, the one that stands where they name none.

    None where there is nothing to see now; refuses with NotFound a number that they may not know of.
    """
    if not is_insider(session, result):
        if number is not None and (result.announced is None or number != result.announced.number):
            raise NotFound("version")
        return result.announced if result.is_public else None
    if number is None:
        return result.announced or result.proposed
    found = next((version for version in result.versions if version.number == number), None)
    if found is None:
        raise NotFound("version")
    return found


def documents(session: Session, version: ResultVersion) -> ResultVersion:
    """The version together with its documents."""
    both = (undefer(ResultVersion.document), undefer(ResultVersion.whole_document))
    query = select(ResultVersion).where(ResultVersion.id == version.id).options(*both)
    return session.scalars(query.execution_options(populate_existing=True)).one()


def is_insider(session: Session, result: Result) -> bool:
    """Whether the viewer runs, supervises or arbitrates the series."""
    return result.stage.edition.series_id in insides(session, [result])


def insides(session: Session, found: Sequence[Result]) -> set[str]:
    """Of the series of these results those that the viewer runs, supervises or arbitrates."""
    series = {each.stage.edition.series_id for each in found}
    runs = RUNS.test(session)
    return {each for each in series if runs(series_id=each)}


def _one(session: Session, query: Select[Result], to_change: bool) -> Result | None:
    query = query.options(*_WHOLE)
    if to_change:
        query = query.with_for_update(of=Result).execution_options(populate_existing=True)
    return session.scalar(query)


def _visible(session: Session, query: Select[Result]) -> Select[Result]:
    """Without what was never announced, but for insiders."""
    announced = Result.status.in_([ResultStatus.ANNOUNCED, ResultStatus.FROZEN, ResultStatus.FINAL])
    seen = SEES_RESULT.rows(session, announced=announced, series_id=Edition.series_id)
    return query.join(Edition, Edition.id == Result.edition_id).where(seen)
