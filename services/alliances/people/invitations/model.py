"""Invitations to a role: for somebody whose account is not known yet; who signs in with the code becomes the holder."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from contracts.alliances.people.invitations import RoleInvitationStatus, RoleInvitationVoid
from contracts.authority import Scope
from kit.data.db import only_where
from kit.data.subjects import Subject
from services.alliances.tables import AlliancesTable

WAITS = "accepted_at IS NULL AND withdrawn_at IS NULL"


class RoleInvitation(Subject, AlliancesTable):
    """An invitation to a role (角色邀请). The name and the address of who is invited are kept for as long as it
    can be accepted."""

    __tablename__ = "role_invitations"
    subject = "role_invitation"
    __table_args__ = (Index("ix_role_invitations_waiting", "scope_type", "scope_id", "id", **only_where(WAITS)),)

    name_zh: Mapped[str]
    name_en: Mapped[str]
    role: Mapped[str]
    scope_type: Mapped[str]
    scope_id: Mapped[str]
    until: Mapped[datetime | None]
    invited_by: Mapped[str]
    expires_at: Mapped[datetime]
    address: Mapped[str] = mapped_column(default="", server_default="")
    language: Mapped[str] = mapped_column(default="zh-CN", server_default="zh-CN")
    accepted_by: Mapped[str | None]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    @property
    def scope(self) -> Scope:
        return Scope(self.scope_type, self.scope_id)

    def status(self, now: datetime) -> RoleInvitationStatus:
        if self.accepted_at:
            return RoleInvitationStatus.ACCEPTED
        if self.withdrawn_at:
            return RoleInvitationStatus.WITHDRAWN
        over = self.expires_at <= now or (self.until is not None and self.until <= now)
        return RoleInvitationStatus.EXPIRED if over else RoleInvitationStatus.OPEN

    def check_open(self, now: datetime) -> None:
        """Refuses with RoleInvitationVoid what can be accepted no longer."""
        if self.status(now) != RoleInvitationStatus.OPEN:
            raise RoleInvitationVoid("code")

    def forget(self) -> None:
        """Nobody can accept it any more: who was invited, and where, is of no use."""
        self.name_zh = self.name_en = self.address = ""

    @property
    def about(self) -> dict[str, Any]:
        """What every message about it says."""
        return {
            "role_invitation_id": self.id,
            "role": self.role,
            "scope_type": self.scope_type,
            "scope_id": self.scope_id,
            "invited_by": self.invited_by,
        }
