"""Membership on the wire: the secretariat acts for the alliance, a representative for the organisation."""

from __future__ import annotations

from datetime import date
from typing import Any

from contracts.alliances.membership import memberships_forms as forms
from contracts.browsing import Stretch
from contracts.forms import ByIds
from contracts.refusals import NotFound
from kit.calls.acting import Acts
from kit.calls.asked import each_answered
from kit.calls.histories import concerning, histories
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.clock import in_china
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import of_each, require
from kit.work.timers import on_due
from procedures.reminders.settings import ReminderSettings
from services.alliances.membership.charters.commands import ADOPTED
from services.alliances.membership.charters.model import Charter
from services.alliances.membership.charters.reading import in_force
from services.alliances.membership.charters.rules import MembersForm
from services.alliances.membership.memberships import commands, queries, reminding
from services.alliances.membership.memberships import model as ways
from services.alliances.membership.memberships.model import Membership, MembershipStep
from services.alliances.membership.memberships.schemas import (
    first_member_view,
    member_view,
    membership_view,
    step_taken_view,
    step_view,
)
from services.alliances.membership.memberships.settings import MembershipSettings
from services.alliances.rights import (
    ACTS_FOR_ALLIANCE,
    CONCERNED,
    DECLINES,
    REPRESENTS,
    SEES_MEMBERSHIP,
    SEES_MEMBERSHIPS_OF_ALLIANCE,
    SPEAKS_FOR_ORGANIZATION,
)


def _declining(membership: Membership) -> dict[str, Any]:
    """What the right to decline looks at."""
    invited = membership.status == commands.S.INVITED
    return {"invited": invited, "applied": not invited, **membership.keys}


class MembershipService(Service):
    """The membership lifecycle: invite or apply, review, admit or decline, suspend, resume, withdraw, expel."""

    @on_due(reminding.REMIND_OF_APPLICATION)
    def remind_of_application(self, session: Session, membership_id: str) -> None:
        settings = self.runtime.settings
        times = {
            "within": settings.of(MembershipSettings).application_time,
            "lead": settings.of(ReminderSettings).lead,
        }
        reminding.remind_of_application(session, membership=queries.membership(session, membership_id), **times)

    @command(forms.StartReview, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, ways.REVIEWS))
    def start_review(self, session: Session, *, membership_id: str) -> dict[str, Any]:
        membership = membership_of_my_alliance(session, membership_id)
        return membership_view(commands.start_review(session, membership=membership))

    @command(forms.AdmitMember, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, ways.ADMITS))
    def admit_member(self, session: Session, *, membership_id: str) -> dict[str, Any]:
        membership = membership_of_my_alliance(session, membership_id)
        charter = in_force(session, membership.alliance_id)
        commands.admit_member(session, membership=membership, rules=charter.section(MembersForm))
        for joined in self.hooked(commands.JOINED):
            joined(session, [membership], charter)
        return membership_view(membership)

    @command(forms.DeclineMembership, right=DECLINES, acts=Acts(Membership, ways.DECLINES, keys=_declining))
    def decline_membership(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        """An invitation is declined by the organisation, an application by the secretariat."""
        membership = queries.membership(session, membership_id)
        require(session, DECLINES, **_declining(membership))
        return membership_view(commands.decline_membership(session, membership=membership, reason=reason))

    @command(forms.SuspendMember, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, ways.SUSPENDS))
    def suspend_member(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        membership = membership_of_my_alliance(session, membership_id)
        return membership_view(commands.suspend_member(session, membership=membership, reason=reason))

    @command(forms.ResumeMember, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, ways.RESUMES))
    def resume_member(self, session: Session, *, membership_id: str) -> dict[str, Any]:
        membership = membership_of_my_alliance(session, membership_id)
        return membership_view(commands.resume_member(session, membership=membership))

    @command(forms.WithdrawMember, right=SPEAKS_FOR_ORGANIZATION, acts=Acts(Membership, ways.LEAVES))
    def withdraw_member(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        membership = queries.membership(session, membership_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **membership.keys)
        return self._gone(session, commands.withdraw_member(session, membership=membership, reason=reason))

    @command(forms.ExpelMember, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, ways.EXPELS))
    def expel_member(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        membership = membership_of_my_alliance(session, membership_id)
        return self._gone(session, commands.expel_member(session, membership=membership, reason=reason))

    @query(forms.Memberships, right=SEES_MEMBERSHIPS_OF_ALLIANCE)
    def memberships(self, session: Session, *, alliance_id: str, **which: Any) -> dict[str, Any]:
        """Members are public; who has applied, was declined or suspended is the secretariat's business."""
        members = which.get("status") == commands.S.MEMBER
        require(session, SEES_MEMBERSHIPS_OF_ALLIANCE, alliance_id=alliance_id, member=members)
        return queries.memberships(session, alliance_id=alliance_id, **which).view(member_view)

    @query(forms.MyMemberships, shows=REPRESENTS)
    def my_memberships(self, session: Session, **which: Any) -> dict[str, Any]:
        """The memberships of the organisations that the viewer represents."""
        return queries.my_memberships(session, **which).view(member_view)

    @query(forms.ActionsOnMemberships, shows=SEES_MEMBERSHIP)
    def actions_on_memberships(self, session: Session, *, membership_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.memberships_by_id(session, membership_ids)
        return self.actions_on(session, found, kind=Membership, whose="membership_id")

    @query(forms.FirstMembers)
    def first_members(self, session: Session, *, alliance_ids: list[str], stretch: Stretch) -> list[dict[str, Any]]:
        if stretch.counted:
            return queries.numbers_of_members(session, alliance_ids=alliance_ids)
        return rendered(queries.first_members(session, alliance_ids=alliance_ids, stretch=stretch), first_member_view)

    @query(forms.MembershipStatusOn, right=CONCERNED)
    def membership_status_on(self, session: Session, *, membership_id: str, day: date) -> dict[str, Any] | None:
        membership = queries.membership(session, membership_id)
        require(session, CONCERNED, **membership.keys)
        return _stood(session, queries.steps_of(session, {membership_id})[membership_id], day)

    @query(forms.MembershipStatusesOn, shows=CONCERNED)
    def membership_statuses_on(self, session: Session, *, asked: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each question as `membership_status_on` answers it, with as many statements for many as for one."""
        found = queries.memberships_with_steps(session, {question["membership_id"] for question in asked})
        concerned = of_each(session, CONCERNED)

        def answer(*, membership_id: str, day: date) -> dict[str, Any] | None:
            if membership_id not in found:
                raise NotFound("membershipId")
            membership, steps = found[membership_id]
            concerned(**membership.keys)
            return _stood(session, steps, day)

        return each_answered(answer, asked)

    @query(forms.MembershipSteps, right=CONCERNED)
    def membership_steps(self, session: Session, *, membership_id: str, **which: Any) -> dict[str, Any]:
        membership = queries.membership(session, membership_id)
        require(session, CONCERNED, **membership.keys)
        return queries.membership_steps(session, membership_id=membership_id, **which).view(step_taken_view)

    @query(forms.HistoryOfMemberships, shows=CONCERNED)
    def history_of_memberships(
        self, session: Session, *, membership_ids: list[str], stretch: Stretch
    ) -> list[dict[str, Any]]:
        found = concerning(session, CONCERNED, queries.memberships_by_id(session, membership_ids))
        return histories(session, found, whose="membership_id", stretch=stretch)

    @query(ByIds, shows=SEES_MEMBERSHIP)
    def memberships_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        """Members for anybody; memberships at another status for those whom they concern."""
        return rendered(queries.memberships_by_id(session, ids), member_view)

    def _gone(self, session: Session, membership: Membership) -> dict[str, Any]:
        """The membership that has ended, with all that hangs on it."""
        for left in self.hooked(commands.LEFT):
            left(session, [membership])
        return membership_view(membership)

    @hook(ADOPTED)
    def check_members(self, session: Session, charter: Charter) -> None:
        commands.check_members(session, charter)


def membership_of_my_alliance(session: Session, membership_id: str) -> Membership:
    """The membership, if the viewer is in the secretariat of its alliance."""
    membership = queries.membership(session, membership_id)
    require(session, ACTS_FOR_ALLIANCE, **membership.keys)
    return membership


def _stood(session: Session, steps: list[MembershipStep], day: date) -> dict[str, Any] | None:
    """Where a membership with these steps stood at the end of a day; None before it began, and on a day to come."""
    step = queries.step_on(steps, day) if day <= in_china(session.now).date() else None
    return step_view(step) if step else None
