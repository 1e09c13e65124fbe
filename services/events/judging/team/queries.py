"""What can be asked about the team of a competition: roles on its series, its delegations, and seats on its panels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, String, Uuid, case, cast, literal, null, select, union_all
from sqlalchemy.orm import Bundle

from contracts.authority import Role, Scope, ScopeType
from contracts.browsing import START, Stretch
from contracts.events.judging.team_forms import TEAM
from contracts.regions import provinces
from kit.data.db import Session
from kit.data.paging import Page, by_age, page
from kit.rights.grants import Grant
from services.events.editions.editions.model import Edition, Stage
from services.events.judging.judges.model import LIVE, Seat

COLUMNS = ("id", "person", "role", "since", "until", "province", "stage_id")
_ON_SERIES = (Role.ORGANIZER, Role.SUPERVISOR, Role.ARBITRATOR)


def team(
    session: Session, edition: Edition, *, role: Role | None = None, former: bool = False, stretch: Stretch = START
) -> Page[Any]:
    """Who has a role in an edition, or with `former` had one, each with `COLUMNS`, by when they were given it."""
    roles = (role,) if role else TEAM
    found = union_all(*_held(edition, roles, former)).subquery()
    query: Select[Any] = select(Bundle("member", *(found.c[name] for name in COLUMNS)))
    return page(session, query, stretch, orders=by_age(found.c.id))


def _held(edition: Edition, roles: tuple[Role, ...], former: bool) -> Iterator[Select[Any]]:
    if on_series := [role for role in roles if role in _ON_SERIES]:
        held = _granted(ScopeType.EVENT, cast(null(), String), former)
        yield held.where(Grant.scope_id == edition.series_id, Grant.role.in_(on_series))
    if Role.DELEGATION_LEADER in roles:
        held = _granted(ScopeType.DELEGATION, Grant.scope_id, former).where(Grant.role == Role.DELEGATION_LEADER)
        delegations = [Scope.delegation(edition.series_id, province.code).id for province in provinces()]
        yield held.where(Grant.scope_id.in_(delegations))
    if Role.JUDGE in roles:
        yield _seated(edition, former)


def _granted(scope: ScopeType, province: Any, former: bool) -> Select[Any]:
    """The roles that are held on a kind of scope; of a delegation the province is the end of `province`."""
    columns = (Grant.id, Grant.person, Grant.role, Grant.granted_at.label("since"), Grant.revoked_at.label("until"))
    none = cast(null(), Uuid(as_uuid=False)).label("stage_id")
    query: Select[Any] = select(*columns, province.label("province"), none).where(Grant.scope_type == scope)
    return query if former else query.where(Grant.revoked_at.is_(None))


def _seated(edition: Edition, former: bool) -> Select[Any]:
    ended = case((Seat.status.not_in(LIVE), Seat.answered_at)).label("until")
    columns = (Seat.id, Seat.person, literal(Role.JUDGE.value).label("role"), Seat.created_at.label("since"), ended)
    query: Select[Any] = select(*columns, Seat.province, Seat.stage_id).join(Stage, Stage.id == Seat.stage_id)
    query = query.where(Stage.edition_id == edition.id)
    return query if former else query.where(Seat.status.in_(LIVE))
