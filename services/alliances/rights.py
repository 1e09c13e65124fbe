"""Rights: who may what in alliances, each a value that checks one row and filters many."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_

from contracts.authority import Role
from kit.rights.right import PUBLIC, Right, on

ENTERS_IN_PROVINCE = on(Role.PROVINCE_OFFICE, "province")
ACTS_FOR_ALLIANCE = on(Role.SECRETARIAT, "alliance_id")
REPRESENTS = on(Role.REPRESENTATIVE, "organization_id").exactly()
SPEAKS_FOR_ORGANIZATION = on(Role.REPRESENTATIVE, "organization_id") | on(Role.PROVINCE_OFFICE, "province")
CONCERNED = ACTS_FOR_ALLIANCE | SPEAKS_FOR_ORGANIZATION
DECLINES = ACTS_FOR_ALLIANCE.given("applied", "申请加入的", "of an application") | SPEAKS_FOR_ORGANIZATION.given(
    "invited", "受邀加入的", "of an invitation"
)
_MEMBERS = PUBLIC.given("member", "正式成员", "of members")
SEES_MEMBERSHIP = _MEMBERS | CONCERNED
SEES_MEMBERSHIPS_OF_ALLIANCE = _MEMBERS | ACTS_FOR_ALLIANCE

PASSES_ON: Mapping[Role, Right] = {
    Role.SECRETARIAT: on(Role.SECRETARIAT, "scope_id"),
    Role.REPRESENTATIVE: on(Role.REPRESENTATIVE, "scope_id"),
    Role.ORGANIZER: on(Role.ORGANIZER, "scope_id"),
    Role.DELEGATION_LEADER: on(Role.PROVINCE_OFFICE, "province"),
}
"""Who gives and takes a role: those who hold it on the same scope, and of the leader of a delegation its province.

Every other role is the hub office's alone to give: supervisors and arbitrators are there to be independent of organisers.
"""
PASSES_ON_ROLES = reduce(or_, PASSES_ON.values())
