"""Invitations on the wire: the secretariat sends them, the organisation answers them, time ends them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from contracts.alliances.membership import invitations_forms as forms
from contracts.alliances.membership.invitations import LETTER_PURPOSE, InvitationCodeVoid
from contracts.refusals import NotFound
from kit.calls.acting import Acts
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.files.tickets import BadTicket, tickets_of
from kit.rights.asking import require
from kit.rights.right import SIGNED_IN
from kit.work.timers import on_due
from procedures.reminders.settings import ReminderSettings
from services.alliances.membership.charters.reading import in_force
from services.alliances.membership.charters.rules import InvitationsForm
from services.alliances.membership.invitations import commands, reminding
from services.alliances.membership.invitations.model import check_invited
from services.alliances.membership.invitations.posting import (
    answer_invitation,
    forget_settled,
    post_invitation,
)
from services.alliances.membership.invitations.queries import letters
from services.alliances.membership.invitations.schemas import invitation_view, letter_view
from services.alliances.membership.invitations.settings import LetterSettings
from services.alliances.membership.invitations.watching import WATCH_WHAT_WAITS, watch_what_waits
from services.alliances.membership.memberships import model as ways
from services.alliances.membership.memberships import queries
from services.alliances.membership.memberships.commands import INVITATION_SETTLED, UNMERGED
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.memberships.schemas import membership_view
from services.alliances.membership.memberships.service import membership_of_my_alliance
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.alliances.queries import alliance as find_alliance
from services.alliances.registry.organizations.queries import organization as find_organization
from services.alliances.registry.organizations.queries import organizations_by_id
from services.alliances.rights import ACTS_FOR_ALLIANCE, SPEAKS_FOR_ORGANIZATION


class MembershipInvitationsService(Service):
    """An alliance asks organisations to join."""

    @command(forms.InviteMember, right=ACTS_FOR_ALLIANCE, acts=Acts(Alliance, Alliance.check_goes_on))
    def invite_member(
        self, session: Session, *, alliance_id: str, organization_id: str, address: str | None = None, **letter: Any
    ) -> dict[str, Any]:
        alliance = find_alliance(session, alliance_id)
        require(session, ACTS_FOR_ALLIANCE, alliance_id=alliance.id)
        organization = find_organization(session, organization_id)
        rules = in_force(session, alliance.id).section(InvitationsForm)
        invited = commands.invite_member(session, alliance=alliance, organization=organization, rules=rules)
        if address:
            post_invitation(session, self._letters, membership=invited, address=address, **letter)
        return membership_view(invited)

    @command(forms.InviteMembers, right=ACTS_FOR_ALLIANCE)
    def invite_members(
        self, session: Session, *, alliance_id: str, organization_ids: list[str]
    ) -> list[dict[str, Any]]:
        """Each organisation as `invite_member` would answer it, in the order in which they are named."""
        alliance = find_alliance(session, alliance_id)
        require(session, ACTS_FOR_ALLIANCE, alliance_id=alliance.id)
        found = {each.id: each for each in organizations_by_id(session, organization_ids)}
        rules = in_force(session, alliance.id).section(InvitationsForm)
        invited = commands.invite_members(session, alliance=alliance, organizations=[*found.values()], rules=rules)
        answers = [(id_, invited.get(id_) or NotFound("organizationIds")) for id_ in dict.fromkeys(organization_ids)]
        return rendered(answers, invitation_view)

    @command(forms.PostInvitation, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, check_invited))
    def post_invitation(self, session: Session, *, membership_id: str, **letter: Any) -> dict[str, Any]:
        membership = membership_of_my_alliance(session, membership_id)
        posted = post_invitation(session, self._letters, membership=membership, **letter)
        return letter_view(posted, [], session.now)

    @query(forms.InvitationLetters, right=ACTS_FOR_ALLIANCE)
    def invitation_letters(self, session: Session, *, alliance_id: str, **which: Any) -> dict[str, Any]:
        """A page of the letters, with as many statements for many as for one."""
        require(session, ACTS_FOR_ALLIANCE, alliance_id=alliance_id)
        found = letters(session, alliance_id=alliance_id, **which)
        steps = queries.steps_of(session, {each.membership_id for each in found.rows})
        return found.view(lambda letter: letter_view(letter, steps[letter.membership_id], session.now))

    @command(forms.AnswerInvitation, right=SIGNED_IN)
    def answer_invitation(
        self, session: Session, *, code: str, accepts: bool, reason: str | None = None
    ) -> dict[str, Any]:
        """The code is the right, for whoever has signed in; who they are stands at the step."""
        try:
            claims = tickets_of(self.runtime.settings).verify(code, LETTER_PURPOSE, now=session.now)
        except BadTicket:
            raise InvitationCodeVoid("code") from None
        return membership_view(answer_invitation(session, claims, accepts=accepts, reason=reason))

    @on_due(WATCH_WHAT_WAITS)
    def watch_what_waits(self, session: Session, behind: str) -> None:
        watch_what_waits(session, behind)

    @on_due(INVITATION_SETTLED)
    def forget_settled_letter(self, session: Session, membership_id: str) -> None:
        forget_settled(session, membership_id)

    @command(forms.WithdrawInvitation, right=ACTS_FOR_ALLIANCE, acts=Acts(Membership, ways.RETRACTS))
    def withdraw_invitation(self, session: Session, *, membership_id: str, reason: str) -> dict[str, Any]:
        membership = membership_of_my_alliance(session, membership_id)
        return membership_view(commands.withdraw_invitation(session, membership=membership, reason=reason))

    @on_due(commands.LAPSE_INVITATION)
    def lapse_invitation(self, session: Session, membership_id: str) -> None:
        commands.lapse_invitation(session, membership=queries.membership(session, membership_id))

    @on_due(reminding.REMIND_OF_INVITATION)
    def remind_of_invitation(self, session: Session, membership_id: str) -> None:
        lead = self.runtime.settings.of(ReminderSettings).lead
        reminding.remind_of_invitation(session, membership=queries.membership(session, membership_id), lead=lead)

    @command(forms.AcceptInvitation, right=SPEAKS_FOR_ORGANIZATION, acts=Acts(Membership, ways.ACCEPTS))
    def accept_invitation(self, session: Session, *, membership_id: str) -> dict[str, Any]:
        membership = queries.membership(session, membership_id)
        require(session, SPEAKS_FOR_ORGANIZATION, **membership.keys)
        return membership_view(commands.accept_invitation(session, membership=membership))

    @hook(UNMERGED)
    def wait_for_answers_again(self, session: Session, memberships: Sequence[Membership]) -> None:
        commands.wait_again(session, memberships)

    @property
    def _letters(self) -> LetterSettings:
        return self.runtime.settings.of(LetterSettings)
