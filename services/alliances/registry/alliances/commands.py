"""What can be done about alliances: enter one, put its entry right, move its stage, link it to another."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, update

from contracts.alliances.registry.alliances import (
    AllianceChange,
    AllianceFounded,
    AllianceKind,
    AllianceStage,
    AllianceStageStands,
    ChildrenStand,
    ParentCircular,
)
from contracts.refusals import DayAhead, InvalidInput, NothingChanged, Required
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from procedures.search.indexing import index_names
from services.alliances.registry.alliances.model import Alliance, AllianceLink
from services.alliances.registry.alliances.telling import entry_of, keep, tell
from services.alliances.registry.days import today_of
from services.alliances.registry.linking import leads_to, link_alone
from services.alliances.registry.regions import check_region

OWN = frozenset({"website", "text_zh", "text_en"})
"""What an alliance says of itself."""
_NEEDED = {"kind": "kind", "name_zh": "nameZh", "name_en": "nameEn"}


def found_alliance(
    session: Session, *, kind: AllianceKind, region: str | None, regions: list[str] | None = None, **facts: Any
) -> Alliance:
    """Enter an alliance; refuses an unknown region and a name that is taken in its region."""
    alliance = Alliance(
        id=new_id(),
        created_at=session.now,
        kind=kind,
        region=check_region(region) if region else None,
        regions=[check_region(each) for each in regions or []],
        stage=AllianceStage.ACTIVE,
        **facts,
    )
    session.add(alliance)
    record(session, alliance, AllianceFounded(**entry_of(alliance, today_of(session.now))))
    index_names(session, alliance)
    keep(session)
    return alliance


def change_alliance(session: Session, *, alliance: Alliance, reason: str, **facts: Any) -> None:
    """Put the entry right in what is given; a name is put right for the whole time in which it counts."""
    for name in _NEEDED.keys() & facts.keys():
        if facts[name] is None:
            raise InvalidInput(Required(_NEEDED[name]))
    what = AllianceChange.PRESENTED if set(facts) <= OWN else AllianceChange.CORRECTED
    if what == AllianceChange.CORRECTED and not reason:
        raise InvalidInput(Required("reason"))
    for code in (facts.get("region"), *(facts.get("regions") or [])):
        if code:
            check_region(code)
    changed = {name: value for name, value in facts.items() if getattr(alliance, name) != value}
    if not changed:
        raise NothingChanged
    before = alliance.named
    for name, value in changed.items():
        setattr(alliance, name, value)
    alliance.put_name_right(today_of(session.now))
    tell(session, alliance, what, reason=reason, named=before if before != alliance.named else None)


def move_alliance_stage(session: Session, *, alliance: Alliance, stage: AllianceStage, on: date, reason: str) -> None:
    """It has come to another stage; none is dissolved while others that go on belong to it."""
    if alliance.stage == stage:
        raise AllianceStageStands("stage", stage=stage)
    if on > today_of(session.now):
        raise DayAhead("on")
    if stage == AllianceStage.DISSOLVED and (count := _children(session, alliance)):
        raise ChildrenStand("stage", count=count)
    alliance.stage, alliance.stage_since = stage, on
    tell(session, alliance, AllianceChange.STAGE_MOVED, reason=reason, since=on, known="stage")


def _children(session: Session, alliance: Alliance) -> int:
    link_alone(session)
    query = select(func.count()).where(Alliance.parent_id == alliance.id, Alliance.stage != AllianceStage.DISSOLVED)
    return session.scalar(query) or 0


def link_alliance(session: Session, *, alliance: Alliance, parent: Alliance | None, reason: str) -> None:
    """It belongs to another alliance, or to none any more; two never belong to each other."""
    link_alone(session)
    if parent and leads_to(session, _only(parent), {alliance.id}, Alliance.id, Alliance.parent_id):
        raise ParentCircular("parentId")
    if alliance.parent_id == (parent.id if parent else None):
        raise NothingChanged
    if parent:
        session.refresh(parent, ["stage"])
        if parent.stage == AllianceStage.DISSOLVED:
            raise AllianceStageStands("parentId", stage=parent.stage)
    alliance.parent_id = parent.id if parent else None
    _date_link(session, alliance)
    tell(session, alliance, AllianceChange.LINKED, reason=reason, named=parent.named if parent else None)


def _date_link(session: Session, alliance: Alliance) -> None:
    """Remember until when it belonged where it did, and since when it belongs where it does."""
    standing = (AllianceLink.alliance_id == alliance.id, AllianceLink.until.is_(None))
    session.execute(update(AllianceLink).where(*standing).values(until=session.now))
    if alliance.parent_id:
        ends = {"alliance_id": alliance.id, "parent_id": alliance.parent_id}
        session.add(AllianceLink(id=new_id(), since=session.now, **ends))


def _only(alliance: Alliance) -> Select[str]:
    return select(Alliance.id).where(Alliance.id == alliance.id)
