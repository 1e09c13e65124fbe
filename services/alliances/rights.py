"""Rights: who may what in alliances, each a value that checks one row and filters many."""

from __future__ import annotations

from contracts.authority import Role
from kit.rights.right import HUB_OFFICE, PUBLIC, SIGNED_IN, on, person
from kit.rights.ways import ANY

ENTERS_IN_PROVINCE = on(Role.PROVINCE_OFFICE, "province")
MERGES = on(Role.PROVINCE_OFFICE, "province")
ENTERS_BY_SHEET = SIGNED_IN.given(
    "row_by_row", "逐行核对能否登记", "each row tells whether they may register what it names"
)
ACTS_FOR_ALLIANCE = on(Role.SECRETARIAT, "alliance_id")
CHANGES_ALLIANCE = ACTS_FOR_ALLIANCE | on(Role.PROVINCE_OFFICE, "province")
REPRESENTS = on(Role.REPRESENTATIVE, "organization_id").exactly()
SPEAKS_FOR_ORGANIZATION = on(Role.REPRESENTATIVE, "organization_id") | on(Role.PROVINCE_OFFICE, "province")
OF_ANY_ORGANIZATION = {"organization_id": ANY, "province": ANY}
"""The keys of an organisation that is named only with the command."""
CHANGES_ORGANIZATION = on(Role.PROVINCE_OFFICE, "province") | on(Role.REPRESENTATIVE, "organization_id").given(
    "own", "网址和简介", "of its website and introduction"
)
CONCERNED = ACTS_FOR_ALLIANCE | SPEAKS_FOR_ORGANIZATION
SEES_APPLICATION_PAPERS = CONCERNED.exactly()
READS_APPLICATION_PAPERS = ACTS_FOR_ALLIANCE.exactly()
"""Who decides on an application reads its papers, and nobody else; whoever added them sees which there are."""
DECLINES = ACTS_FOR_ALLIANCE.given("applied", "申请加入的", "of an application") | SPEAKS_FOR_ORGANIZATION.given(
    "invited", "受邀加入的", "of an invitation"
)
_MEMBERS = PUBLIC.given("member", "正式成员", "of members")
SEES_MEMBERSHIP = _MEMBERS | CONCERNED
SEES_MEMBERSHIPS_OF_ALLIANCE = _MEMBERS | ACTS_FOR_ALLIANCE
ENDS_SESSIONS = person("person", "本人", "the person themselves") | HUB_OFFICE

REGISTERS_PERSON = SPEAKS_FOR_ORGANIZATION | on(Role.SECRETARIAT)
THEMSELVES = person("account", "本人", "the person themselves").exactly()
CORRECTS_PERSON = THEMSELVES | SPEAKS_FOR_ORGANIZATION
HAS_RECORD = THEMSELVES | HUB_OFFICE
KNOWS_PERSON = THEMSELVES | person("registered_by", "登记人", "who registered them")
SEES_PERSON = KNOWS_PERSON | SPEAKS_FOR_ORGANIZATION

_GIVE_THEIR_OWN = (
    on(Role.SECRETARIAT, "scope_id").given("secretariat", "秘书处的角色", "of the role secretariat")
    | on(Role.REPRESENTATIVE, "scope_id").given("representative", "单位代表的角色", "of the role representative")
    | on(Role.ORGANIZER, "scope_id").given("organizer", "主办方的角色", "of the role organiser")
)
PASSES_ON_ROLES = _GIVE_THEIR_OWN | on(Role.PROVINCE_OFFICE, "province").given(
    "delegation_leader", "领队的角色", "of the role delegation leader"
)
"""Who gives and takes a role: those who hold it on the same scope, and of the leader of a delegation its province.

Every other role is the hub office's alone to give: supervisors and arbitrators are there to be independent of organisers.
"""
HANDS_OVER_ROLES = _GIVE_THEIR_OWN.exactly()
SEES_HOLDERS = (
    on(Role.SECRETARIAT, "scope_id").given("alliance", "联盟的", "of an alliance")
    | on(Role.REPRESENTATIVE, "scope_id").given("organization", "单位的", "of an organisation")
    | on(Role.ORGANIZER, "scope_id").given("event", "赛事的", "of an event")
    | on(Role.SUPERVISOR, "scope_id").given("event", "赛事的", "of an event")
    | on(Role.ARBITRATOR, "scope_id").given("event", "赛事的", "of an event")
    | on(Role.DELEGATION_LEADER, "scope_id").given("delegation", "代表队的", "of a delegation")
    | on(Role.PROVINCE_OFFICE, "within")
)
"""Who is told who holds a role on a scope: those who hold one there, the office of its province, and the hub office."""
SENT_INVITATION = person("invited_by", "邀请人", "who has sent the invitation")
