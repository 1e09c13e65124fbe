"""Invitations: the one e-mail by which somebody hears of a role, or an organisation of an invitation, whom nobody knows yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from contracts.notify.delivery import DeliveryState
from kit.data.db import only_where
from kit.data.subjects import Versioned
from kit.settings import Retry
from kit.work.due import Due, State
from services.notify.delivery.model import Outgoing
from services.notify.tables import NotifyTable

INVITATIONS = "invitations"


class InvitationMail(Outgoing, Due, Versioned, NotifyTable):
    """The newest e-mail of an invitation to a role, or letter, whose id it has; the address is here only while it is on its way.

    `heard` is the version of the invitation that was heard of last. Of an organisation that is invited into an alliance,
    `membership` tells both, and the version of the membership that the letter is about.
    """

    __tablename__ = "invitation_mails"
    subject = "invitation_mail"
    kind = "invitation"
    retry = Retry(first=30, factor=3, longest=4 * 3600, attempts=10)  # some fifteen hours; then the inviter is told
    pump = INVITATIONS
    __table_args__ = (
        Index("ix_invitation_mails_waiting", "due_at", **only_where("state = 'waiting'")),
        Index("ix_invitation_mails_parked", "id", **only_where("state = 'parked'")),
        Index("ix_invitation_mails_over", "id", **only_where("state <> 'waiting' AND address <> ''")),
    )

    heard: Mapped[int] = mapped_column(default=0)
    address: Mapped[str] = mapped_column(default="")
    locale: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="")
    scope: Mapped[dict[str, Any] | None]
    membership: Mapped[dict[str, Any] | None]
    invited_by: Mapped[str] = mapped_column(default="")
    expires_at: Mapped[datetime | None]

    @property
    def given_up(self) -> bool:
        """Whether it did not arrive, of which who has invited hears even where somebody has discarded it."""
        discarded = self.state == DeliveryState.SKIPPED and self.parked_at is not None
        return discarded or self.state == State.PARKED

    def settle(self) -> None:
        """Nothing is to be sent any more."""
        self.address = ""
        if self.state == State.WAITING:
            self.state, self.due_at, self.error = DeliveryState.SKIPPED, None, "settled"
