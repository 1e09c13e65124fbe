"""What can be looked up in the directory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import or_, select

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.names import spellings
from contracts.refusals import AllianceUnknown, OrganizationUnknown
from kit.data.db import Session
from services.events.directory.model import Alliance, AllianceMember, Organization

MOST_NAMED = 10_000


def organization(session: Session, organization_id: str) -> Organization:
    """The organisation, for something new; refuses with OrganizationUnknown, and with OrganizationMerged."""
    found = entered_as(session, organization_id)
    found.check_stands("organizationId")
    return found


def entered_as(session: Session, organization_id: str) -> Organization:
    """The organisation under whose id something is kept, merged or not; refuses with OrganizationUnknown."""
    found = session.get(Organization, organization_id)
    if found is None:
        raise OrganizationUnknown("organizationId")
    return found


def organizations(session: Session, ids: Collection[str]) -> dict[str, Organization]:
    """The organisations, merged or not, by their ids; refuses with OrganizationUnknown where one is not known."""
    found = among(session, ids)
    if not found.keys() >= set(ids):
        raise OrganizationUnknown("organizationId")
    return found


def among(session: Session, ids: Collection[str]) -> dict[str, Organization]:
    """Those of these organisations that are known, by their ids."""
    if not ids:
        return {}
    return {each.id: each for each in session.scalars(select(Organization).where(Organization.id.in_(set(ids))))}


def one_of(found: Mapping[str, Organization], organization_id: str) -> Organization:
    """The organisation of this id, for something new; refuses with OrganizationUnknown, and with OrganizationMerged."""
    if organization_id not in found:
        raise OrganizationUnknown("organizationId")
    found[organization_id].check_stands("organizationId")
    return found[organization_id]


def in_place_of(session: Session, found: Iterable[Organization]) -> dict[str, Organization]:
    """Who stands in place of each of these, by their ids: they themselves, unless they were merged."""
    found = list(found)
    others = among(session, {each.survivor_id for each in found if each.survivor_id} or ())
    return {each.id: others.get(each.survivor_id or "", each) for each in found}


def known(session: Session, ids: Collection[str]) -> set[str]:
    """Those of these ids that are of organisations."""
    return set(session.scalars(select(Organization.id).where(Organization.id.in_(ids))))


def named(session: Session, names: Collection[str]) -> Sequence[Organization]:
    """The organisations that are called so in either language, however a keyboard writes it, at most `MOST_NAMED`."""
    written = {spelling for name in names for spelling in spellings(name)}
    query = select(Organization).where(or_(Organization.name_zh.in_(written), Organization.name_en.in_(written)))
    return session.scalars(query.order_by(Organization.id).limit(MOST_NAMED)).all()


def belongs(session: Session, alliance_id: str, organization_ids: Collection[str]) -> bool:
    """Whether one of these organisations is a member of the alliance now."""
    member = select(AllianceMember.membership_id).where(
        AllianceMember.alliance_id == alliance_id,
        AllianceMember.organization_id.in_(organization_ids),
        AllianceMember.status == MembershipStatus.MEMBER,
    )
    return session.scalar(member.limit(1)) is not None


def check_alliance(session: Session, alliance_id: str | None) -> str | None:
    """The id itself, if alliances has told of it; refuses with AllianceUnknown."""
    if alliance_id and session.get(Alliance, alliance_id) is None:
        raise AllianceUnknown("allianceId")
    return alliance_id
