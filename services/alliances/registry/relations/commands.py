"""What can be done about relations: enter and end one."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from contracts.alliances.registry.organizations import OrganizationChange
from contracts.alliances.registry.relations import (
    OrganizationsRelated,
    RelationCircular,
    RelationEnded,
    RelationKind,
    RelationMessage,
    RelationStands,
)
from contracts.refusals import DayAhead, Invalid, InvalidInput, NothingChanged
from kit.data.conflicts import is_conflict
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.alliances.registry.days import today_of
from services.alliances.registry.linking import leads_to, link_alone
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.telling import tell
from services.alliances.registry.relations.model import Relation


def relate_organizations(
    session: Session,
    *,
    organization: Organization,
    to: Organization,
    kind: RelationKind,
    since: date | None,
    reason: str,
    succession_id: str | None = None,
) -> Relation:
    """One is from now on to the other what the kind says; refuses a circle, also while others relate at the same moment."""
    if since and since > today_of(session.now):
        raise DayAhead("since")
    link_alone(session)
    check_no_circle(session, kind, {organization.id}, {to.id})
    relation = Relation(
        id=new_id(),
        created_at=session.now,
        organization_id=organization.id,
        to_id=to.id,
        kind=kind,
        since=since,
        reason=reason,
        succession_id=succession_id,
    )
    session.add(relation)
    record(session, relation, OrganizationsRelated(**_said(relation, organization, to, reason)))
    try:
        session.flush()
    except IntegrityError as error:
        if is_conflict(error):
            raise
        raise RelationStands("toId") from error
    if kind == RelationKind.SUBORDINATE_TO:
        organization.superior_id = to.id
        tell(session, organization, OrganizationChange.SUBORDINATED, reason=reason, since=since, named=to.named)
    return relation


def check_no_circle(session: Session, kind: RelationKind, lower: set[str], upper: set[str]) -> None:
    """Go on only if no way of this kind leads from those above to those below; raises RelationCircular."""
    starts = select(Organization.id).where(Organization.id.in_(upper))
    standing = (Relation.kind == kind, Relation.until.is_(None))
    if leads_to(session, starts, lower, Relation.organization_id, Relation.to_id, *standing):
        raise RelationCircular("toId")


def end_relation(
    session: Session, *, relation: Relation, organization: Organization, on: date | None, reason: str
) -> None:
    """They belong together until this day; without one they never did, and nothing is left but the history."""
    if relation.until:
        raise NothingChanged
    if on and on > today_of(session.now):
        raise DayAhead("on")
    if on and relation.since and on < relation.since:
        raise InvalidInput(Invalid("on"))
    relation.until = on
    said = _said(relation, organization, relation.to, reason)
    _tell_ended(session, relation, RelationEnded(**said), gone=on is None)
    if relation.kind == RelationKind.SUBORDINATE_TO:
        organization.superior_id = None
        tell(session, organization, OrganizationChange.SUBORDINATED, reason=reason, since=on)


def _tell_ended(session: Session, relation: Relation, message: RelationMessage, *, gone: bool) -> None:
    record(session, relation, message)
    session.flush()
    if gone:
        session.delete(relation)
        session.flush()


def _said(relation: Relation, organization: Organization, to: Organization, reason: str) -> dict[str, Any]:
    return {
        "relation_id": relation.id,
        "organization": organization.named,
        "to": to.named,
        "kind": relation.kind,
        "since": relation.since,
        "until": relation.until,
        "reason": reason,
    }
