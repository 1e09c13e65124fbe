"""What can be asked about objections: by who filed them, by the organisers, and by the panel; by nobody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, newest_first, page
from services.events.editions.editions.model import Edition, Stage
from services.events.judging.objections.model import Arbitrator, Objection
from services.events.judging.objections.rights import HAS_TO_DO_WITH_OBJECTION, SEES_OBJECTION
from services.events.judging.results import queries as results
from services.events.judging.results.model import Result
from services.events.rights import ORGANIZES

_WHOLE = (
    selectinload(Objection.seats),
    joinedload(Objection.result),
)

_KEYS: dict[str, Any] = {"person": Objection.person, "objection_id": Objection.id}

CAME_OF = "objection_came_of"
"""The hook of what came of objections: their ids, and the re-judging of each that has one."""


class CameOf(NamedTuple):
    """A re-judging that came of an objection, and who is appointed to judge again in it."""

    rejudging_id: str
    people: Sequence[str]


def objection(session: Session, objection_id: str) -> Objection:
    """The objection with its panel, to be changed: its result, which is loaded too, is locked first.

    Refuses with NotFound.
    """
    result_id = session.scalar(select(Objection.result_id).where(Objection.id == objection_id))
    if result_id is None:
        raise NotFound("objectionId")
    result = results.result(session, result_id, to_change=True)
    query = select(Objection).where(Objection.id == objection_id).options(selectinload(Objection.seats))
    found = session.scalars(query.execution_options(populate_existing=True)).one()
    set_committed_value(found, "result", result)
    return found


def objections(session: Session, *, result_id: str, stretch: Stretch = START) -> Page[Objection]:
    """The objections to a result that concern the viewer, in the order of their filing."""
    found = select(Edition.series_id).join(Result, Result.edition_id == Edition.id).where(Result.id == result_id)
    concerned = SEES_OBJECTION.ids(session, Objection.id, **_KEYS, series_id=session.scalar(found))
    query = select(Objection).where(Objection.result_id == result_id, concerned).options(*_WHOLE)
    return page(session, query.order_by(Objection.id), stretch)


def my_objections(session: Session, *, stretch: Stretch = START) -> Page[Objection]:
    """The objections that the viewer has filed or sits in judgement on, newest first."""
    mine = HAS_TO_DO_WITH_OBJECTION.ids(session, Objection.id, **_KEYS)
    query = select(Objection).where(mine).options(*_WHOLE)
    return page(session, query, stretch, orders=newest_first(Objection.id))


def objections_by_id(session: Session, ids: list[str]) -> Sequence[Objection]:
    """Those of these objections that concern the viewer, in no particular order."""
    return session.scalars(_concerning(session, select(Objection).where(Objection.id.in_(ids)))).all()


def with_stages(session: Session, ids: list[str]) -> Sequence[Objection]:
    """`objections_by_id`, each with what else its commands look at: versions, stage and edition of its result."""
    query = _concerning(session, select(Objection).where(Objection.id.in_(ids)))
    of_result = joinedload(Objection.result)
    whole = (of_result.selectinload(Result.versions), of_result.joinedload(Result.stage).joinedload(Stage.edition))
    return session.scalars(query.options(*whole)).all()


def arbitrators(session: Session, *, series_id: str, stretch: Stretch = START) -> Page[Arbitrator]:
    """Who can be drawn for a panel, in the order of their registration."""
    query = select(Arbitrator).where(Arbitrator.series_id == series_id).order_by(Arbitrator.id)
    return page(session, query, stretch)


def organized_editions(session: Session, found: Sequence[Objection]) -> set[str]:
    """Of the editions of these objections those that the viewer organises."""
    editions = {each.result.edition_id for each in found}
    query = select(Edition.id).where(Edition.id.in_(editions), ORGANIZES.rows(session, series_id=Edition.series_id))
    return set(session.scalars(query))


def _concerning(session: Session, query: Select[Objection]) -> Select[Objection]:
    seen = SEES_OBJECTION.rows(session, series_id=Edition.series_id, **_KEYS)
    return query.join(Objection.result).join(Edition, Edition.id == Result.edition_id).where(seen).options(*_WHOLE)
