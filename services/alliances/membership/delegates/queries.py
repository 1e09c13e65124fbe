"""What can be asked about delegates: those of members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from contracts.refusals import NotFound
from kit.data.db import Session
from kit.rights.right import province_code
from services.alliances.membership.delegates.model import Delegate
from services.alliances.membership.memberships.model import Membership
from services.alliances.registry.organizations.model import Organization
from services.alliances.rights import CONCERNED


def delegate(session: Session, delegate_id: str) -> Delegate:
    """The delegate with the membership; refuses with NotFound."""
    whole = joinedload(Delegate.membership)
    organization = whole.joinedload(Membership.organization).undefer(Organization.called)
    found = session.find(Delegate, delegate_id, organization, whole.joinedload(Membership.alliance))
    if found is None:
        raise NotFound("delegateId")
    return found


def named_by_record(session: Session, person_ids: Collection[str]) -> Sequence[Delegate]:
    """Those who were named as the persons of these records, with their memberships."""
    whole = joinedload(Delegate.membership)
    organization = whole.joinedload(Membership.organization).undefer(Organization.called)
    query = select(Delegate).where(Delegate.person_id.in_(person_ids)).order_by(Delegate.id)
    return session.scalars(query.options(organization, whole.joinedload(Membership.alliance))).all()


def delegates_of(session: Session, membership_ids: Collection[str]) -> dict[str, list[Delegate]]:
    """Everybody who ever spoke for these members, each member's in the order of their first days."""
    query = select(Delegate).where(Delegate.membership_id.in_(membership_ids))
    never = Delegate.until < Delegate.since
    found: dict[str, list[Delegate]] = defaultdict(list)
    known = query.where(or_(Delegate.until.is_(None), ~never))
    for each in session.scalars(known.order_by(Delegate.membership_id, Delegate.since, Delegate.id)):
        found[each.membership_id].append(each)
    return found


def delegates_by_id(session: Session, ids: list[str]) -> Sequence[Delegate]:
    """Those of these delegates that exist and that the viewer may know of, in no particular order."""
    shown = CONCERNED.rows(
        session,
        alliance_id=Membership.alliance_id,
        organization_id=Membership.organization_id,
        province=province_code(Organization.region),
    )
    query = select(Delegate).join(Delegate.membership).join(Membership.organization)
    return session.scalars(query.where(Delegate.id.in_(ids), shown)).all()
