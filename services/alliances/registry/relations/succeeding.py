"""Succeeding: organisations go over into others or end, on a day that has come; entered by mistake, they go on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete

from contracts.alliances.registry.organizations import OrganizationChange, OrganizationInactive, OrganizationStatus
from contracts.alliances.registry.relations import (
    OrganizationSucceeded,
    RelationKind,
    SuccessionKind,
    SuccessionUnfit,
    SuccessionWithdrawn,
)
from contracts.refusals import DayAhead, NothingChanged
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.registry.days import today_of
from services.alliances.registry.linking import link_alone
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.telling import keep, tell
from services.alliances.registry.relations.commands import check_no_circle
from services.alliances.registry.relations.model import Relation, Succession

Organizations = Mapping[str, Organization]
K = SuccessionKind


def succeed_organizations(
    session: Session,
    *,
    organizations: Organizations,
    from_ids: Sequence[str],
    to_ids: Sequence[str],
    kind: SuccessionKind,
    on: date,
    reason: str,
) -> Succession:
    """Those that do not go on are closed, and relations say who continues them."""
    before, after = list(dict.fromkeys(from_ids)), list(dict.fromkeys(to_ids))
    _check(session, kind, before, after, on)
    pairs = [(old, new) for old in before for new in after if old != new]
    link_alone(session)
    check_no_circle(session, RelationKind.CONTINUED_BY, {old for old, _ in pairs}, {new for _, new in pairs})
    succession = Succession(
        id=new_id(), created_at=session.now, kind=kind, on=on, from_ids=before, to_ids=after, reason=reason
    )
    session.add(succession)
    record(session, succession, OrganizationSucceeded(**_said(succession, organizations, reason)))
    session.add_all(_continued(succession, old, new) for old, new in pairs)
    for id_ in before:
        if id_ not in after:
            _close(session, organizations[id_], on, reason)
    keep(session)
    return succession


def _check(session: Session, kind: SuccessionKind, before: list[str], after: list[str], on: date) -> None:
    fits = {
        K.RENAMED: len(before) == len(after) == 1 and before != after,
        K.MERGED: len(after) == 1 and before != after,
        K.SPLIT: len(before) == 1 and len(after) > 1,
        K.DISSOLVED: not after,
    }
    if not fits[kind]:
        raise SuccessionUnfit("kind")
    if on > today_of(session.now):
        raise DayAhead("on")


def _close(session: Session, organization: Organization, on: date, reason: str) -> None:
    if organization.status != OrganizationStatus.ACTIVE:
        raise OrganizationInactive("fromIds")
    organization.status, organization.retired_on = OrganizationStatus.INACTIVE, on
    tell(session, organization, OrganizationChange.RETIRED, reason=reason, since=on)


def _continued(succession: Succession, old: str, new: str) -> Relation:
    return Relation(
        id=new_id(),
        version=1,
        created_at=succession.created_at,
        organization_id=old,
        to_id=new,
        kind=RelationKind.CONTINUED_BY,
        since=succession.on,
        reason=succession.reason,
        succession_id=succession.id,
    )


def withdraw_succession(session: Session, *, succession: Succession, organizations: Organizations, reason: str) -> None:
    """It was a mistake: those that it has closed go on, if nobody has taken their names meanwhile."""
    if succession.withdrawn_at:
        raise NothingChanged
    succession.withdrawn_at = session.now
    record(session, succession, SuccessionWithdrawn(**_said(succession, organizations, reason)))
    session.execute(delete(Relation).where(Relation.succession_id == succession.id))
    for id_ in succession.from_ids:
        closed = organizations[id_]
        if closed.status == OrganizationStatus.INACTIVE and closed.retired_on == succession.on:
            closed.status, closed.retired_on = OrganizationStatus.ACTIVE, None
            tell(session, closed, OrganizationChange.REOPENED, reason=reason, known="successionId")


def _said(succession: Succession, organizations: Organizations, reason: str) -> dict[str, Any]:
    return {
        "succession_id": succession.id,
        "from_ids": succession.from_ids,
        "to_ids": succession.to_ids,
        "kind": succession.kind,
        "on": succession.on,
        "reason": reason,
        "predecessors": [organizations[id_].named for id_ in succession.from_ids],
        "successors": [organizations[id_].named for id_ in succession.to_ids],
    }
