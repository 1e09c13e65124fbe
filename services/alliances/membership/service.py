"""Membership on the wire: the secretariat acts for the alliance, a representative for the organisation."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.alliances import membership_forms as forms
from contracts.authority import Role, Scope
from contracts.forms import ByIds
from contracts.regions import province_of
from kit.authz import Right, require, scopes_of
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from services.alliances.membership import commands, queries
from services.alliances.membership.model import Membership
from services.alliances.membership.schemas import first_member_view, member_view, membership_view, step_view
from services.alliances.registry import queries as registry
from services.alliances.registry.model import Organization


class MembershipService(Service):
    """The membership lifecycle: invite or apply, review, admit or decline, suspend, resume, withdraw, expel."""

    @command(forms.ApplyForMembership)
    def apply_for_membership(self, session: Session, *, alliance_id: str, organization_id: str) -> dict[str, Any]:
        organization = registry.organization(session, organization_id)
        require(session, *_speaks_for(organization))
        alliance = registry.alliance(session, alliance_id)
        return membership_view(commands.apply_for_membership(session, alliance=alliance, organization=organization))

    @command(forms.InviteMember)
    def invite_member(self, session: Session, *, alliance_id: str, organization_id: str) -> dict[str, Any]:
        alliance = registry.alliance(session, alliance_id)
        require(session, _secretariat(alliance.id))
        organization = registry.organization(session, organization_id)
        return membership_view(commands.invite_member(session, alliance=alliance, organization=organization))

    @command(forms.AcceptInvitation)
    def accept_invitation(self, session: Session, *, membership_id: str) -> dict[str, Any]:
        membership = queries.membership(session, membership_id)
        require(session, *_speaks_for(membership.organization))
        return membership_view(commands.accept_invitation(session, membership=membership))

    @command(forms.StartReview)
    def start_review(self, session: Session, *, membership_id: str) -> dict[str, Any]:
        membership = self._of_my_alliance(session, membership_id)
        return membership_view(commands.start_review(session, membership=membership))

    @command(forms.AdmitMember)
    def admit_member(self, session: Session, *, membership_id: str) -> dict[str, Any]:
        membership = self._of_my_alliance(session, membership_id)
        return membership_view(commands.admit_member(session, membership=membership))

    @command(forms.DeclineMembership)
    def decline_membership(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        membership = queries.membership(session, membership_id)
        require(session, *_may_decline(membership))
        return membership_view(commands.decline_membership(session, membership=membership, reason=reason))

    @command(forms.SuspendMember)
    def suspend_member(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        membership = self._of_my_alliance(session, membership_id)
        return membership_view(commands.suspend_member(session, membership=membership, reason=reason))

    @command(forms.ResumeMember)
    def resume_member(self, session: Session, *, membership_id: str) -> dict[str, Any]:
        membership = self._of_my_alliance(session, membership_id)
        return membership_view(commands.resume_member(session, membership=membership))

    @command(forms.WithdrawMember)
    def withdraw_member(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        membership = queries.membership(session, membership_id)
        require(session, *_speaks_for(membership.organization))
        return membership_view(commands.withdraw_member(session, membership=membership, reason=reason))

    @command(forms.ExpelMember)
    def expel_member(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        membership = self._of_my_alliance(session, membership_id)
        return membership_view(commands.expel_member(session, membership=membership, reason=reason))

    @query(forms.Memberships)
    def memberships(self, session: Session, *, alliance_id: str, **which: Any) -> dict[str, Any]:
        """Members are public; who has applied, was declined or suspended is the secretariat's business."""
        if which.get("status") != commands.S.MEMBER:
            require(session, _secretariat(alliance_id))
        return queries.memberships(session, alliance_id=alliance_id, **which).view(member_view)

    @query(forms.MyMemberships)
    def my_memberships(self, session: Session, **which: Any) -> dict[str, Any]:
        """The memberships of the organisations that the viewer represents."""
        mine = scopes_of(session, Role.REPRESENTATIVE)
        return queries.memberships_of(session, organization_ids=mine, **which).view(member_view)

    @query(forms.FirstMembers)
    def first_members(self, session: Session, **which: Any) -> list[dict[str, Any]]:
        return [first_member_view(member) for member in queries.first_members(session, **which)]

    @query(forms.MembershipStatusOn)
    def membership_status_on(self, session: Session, *, membership_id: str, day: date) -> dict[str, Any] | None:
        membership = queries.membership(session, membership_id)
        require(session, _secretariat(membership.alliance_id), *_speaks_for(membership.organization))
        step = queries.status_on(session, membership_id, day)
        return step_view(step) if step else None

    @query(ByIds)
    def memberships_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        """Members for anybody; memberships at another status for those whom they concern."""
        return [member_view(found) for found in queries.memberships_by_id(session, ids)]

    def _of_my_alliance(self, session: Session, membership_id: str) -> Membership:
        """The membership, if the viewer is in the secretariat of its alliance."""
        membership = queries.membership(session, membership_id)
        require(session, _secretariat(membership.alliance_id))
        return membership


def _secretariat(alliance_id: str) -> Right:
    return (Role.SECRETARIAT, Scope.alliance(alliance_id))


def _speaks_for(organization: Organization) -> list[Right]:
    return [
        (Role.REPRESENTATIVE, Scope.organization(organization.id)),
        (Role.PROVINCE_OFFICE, Scope.province(province_of(organization.region))),
    ]


def _may_decline(membership: Membership) -> list[Right]:
    """An invitation is declined by the organisation, an application by the secretariat."""
    if membership.status == commands.S.INVITED:
        return _speaks_for(membership.organization)
    return [_secretariat(membership.alliance_id)]
