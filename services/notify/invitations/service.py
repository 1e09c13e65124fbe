"""Invitations on the wire: what alliances posts is sent, and what cannot be is told to who has invited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from contracts.alliances.membership.invitations import InvitationLetterPosted
from contracts.alliances.people.invitations import RoleAccepted, RoleInvitationPosted, RoleOfferWithdrawn
from kit.calls.hooks import RESTORED, hook
from kit.data.db import Session
from kit.files.tickets import tickets_of
from kit.messages.handlers import Received
from kit.messages.on_message import on_messages
from kit.work.pump import pump
from kit.work.timers import on_due
from services.notify.delivery.service import DeliveryService
from services.notify.delivery.taking import Going
from services.notify.invitations import commands
from services.notify.invitations.model import INVITATIONS, InvitationMail
from services.notify.invitations.taking import take_invitation


class InvitationsService(DeliveryService):
    """The e-mails of invitations to a role, and of organisations into an alliance."""

    @on_messages(RoleInvitationPosted, RoleAccepted, RoleOfferWithdrawn)
    def keep_invitation(self, session: Session, received: Sequence[Received[commands.Step]]) -> None:
        commands.keep_invitations(session, received)

    @on_messages(InvitationLetterPosted)
    def keep_letter(self, session: Session, received: Sequence[Received[InvitationLetterPosted]]) -> None:
        commands.keep_letters(session, received)

    @on_due(commands.FORGET_INVITATION)
    def forget_invitation(self, session: Session, id_: str) -> None:
        commands.forget_invitation(session, id_)

    @hook(RESTORED)
    def skip_invitations(self, session: Session, until: datetime) -> None:
        commands.skip_waiting(session, until)

    @pump(INVITATIONS)
    def send_invitation(self) -> datetime | None:
        """Send the invitation that is due, as `deliver` does, and see to those that are on their way no longer."""
        tickets, link = partial(tickets_of, self.runtime.settings), self.runtime.settings.public_url

        def take(session: Session, _room: int) -> list[Going] | None:
            commands.clear(session)
            return take_invitation(session, self._smtp, self._limits, link, tickets)

        return self._carry(InvitationMail, take)
