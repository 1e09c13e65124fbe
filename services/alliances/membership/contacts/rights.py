"""Rights on office contacts: of the body itself, of the offices, and of the alliances that it belongs or wants to belong to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, or_

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.authority import Role
from kit.rights.right import among
from services.alliances.membership.memberships.model import LIVE, Membership
from services.alliances.registry.organizations.model import Organization
from services.alliances.rights import SPEAKS_FOR_ORGANIZATION

_BELONGS = sorted({*LIVE} - {MembershipStatus.INVITED})
"""An invitation is the alliance's own doing, and opens nothing to it before it is accepted."""


def _has_member(alliance_ids: list[str], organization_id: str) -> ColumnElement[bool]:
    return exists().where(
        or_(Organization.id == organization_id, Organization.survivor_id == organization_id),
        Membership.organization_id == Organization.id,
        Membership.status.in_(_BELONGS),
        Membership.alliance_id.in_(alliance_ids),
    )


KEEPS_AS_MEMBER = among(
    _has_member,
    "organization_id",
    role=Role.SECRETARIAT,
    zh="该单位所在或申请加入的联盟的秘书处",
    en="the secretariat of an alliance that the organisation belongs to or has applied to",
)
SEES_CONTACTS = SPEAKS_FOR_ORGANIZATION | KEEPS_AS_MEMBER
