"""Awards (奖项): what a final result comes to by the rules; each stands, or was withdrawn for a reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.base import Named
from contracts.events.recognition.awards import AwardEnded, AwardStatus, WithdrawalGround
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.events.editions.editions.model import Edition, Stage
from services.events.tables import EventsTable


class Granting(Subject, EventsTable):
    """The giving of awards (授奖) of a stage, or of a whole edition where `stage_id` is empty: one of each.

    `digest` is that of the result, `rules_version` the version of the rules, both of the last time that it was done.
    """

    __tablename__ = "grantings"
    subject = "granting"
    __table_args__ = (
        Index("uq_grantings_stage", "stage_id", unique=True, **only_where("stage_id IS NOT NULL")),
        Index("uq_grantings_edition", "edition_id", unique=True, **only_where("stage_id IS NULL")),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    stage_id: Mapped[Id | None] = mapped_column(ForeignKey("stages.id"))
    digest: Mapped[str]
    rules_version: Mapped[int]
    edition: Mapped[Edition] = relationship(lazy="raise")
    stage: Mapped[Stage | None] = relationship(lazy="raise")


class Award(Subject, EventsTable):
    """One award: a prize of an entry, the award of its adviser, or that of an organisation (`holder_id`).

    `recipient` is personal data like the names on the certificate; `shown_as` is what the rules let the public see. The
    same prize is given once, also after it was withdrawn; of different ones a holder has one that stands. `number` is
    that of its certificate.
    """

    __tablename__ = "awards"
    subject = "award"
    __table_args__ = (
        Index("uq_awards_prize", "granting_id", "kind", "holder_id", "prize", unique=True),
        Index(
            "uq_awards_standing",
            "granting_id",
            "kind",
            "holder_id",
            unique=True,
            **only_where("status = 'granted'"),
        ),
        Index("uq_awards_number", "number", unique=True),
        Index("ix_awards_edition", "edition_id", "id"),
        Index("ix_awards_kind", "edition_id", "kind", "id"),
        Index("ix_awards_stage", "stage_id", "id"),
        Index("ix_awards_entry", "entry_id", "granting_id"),
        CheckConstraint(
            "(status = 'withdrawn') = (withdrawn_at IS NOT NULL) AND (status = 'withdrawn') = (ground IS NOT NULL)",
            name="withdrawn_for_a_reason",
        ),
    )

    number: Mapped[str]
    granting_id: Mapped[Id] = mapped_column(ForeignKey("grantings.id"))
    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    stage_id: Mapped[Id | None] = mapped_column(ForeignKey("stages.id"))
    kind: Mapped[str]
    holder_id: Mapped[Id]
    entry_id: Mapped[Id | None] = mapped_column(ForeignKey("entries.id"))
    prize: Mapped[str]
    prize_zh: Mapped[str]
    prize_en: Mapped[str]
    rank: Mapped[int]
    points: Mapped[int]
    place: Mapped[int | None]
    organization_id: Mapped[Id]
    province: Mapped[str]
    recipient: Mapped[str]
    shown_as: Mapped[str]
    status: Mapped[str]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None]
    ground: Mapped[str | None]
    reason: Mapped[str | None]
    granting: Mapped[Granting] = relationship(lazy="raise")

    @property
    def keys(self) -> dict[str, str]:
        """What rights on it look at."""
        series_id = self.granting.edition.series_id
        return {"organization_id": self.organization_id, "province": self.province, "series_id": series_id}

    @property
    def prize_named(self) -> Named:
        return Named(id=self.prize, zh=self.prize_zh, en=self.prize_en)

    def check_granted(self) -> None:
        """Go on only while it stands; refuses with AwardEnded."""
        if self.status != AwardStatus.GRANTED:
            raise AwardEnded("awardId")

    def withdraw(self, *, ground: WithdrawalGround, reason: str, by: str, at: datetime) -> None:
        """Let it stand no longer; refuses with AwardEnded where that was done before."""
        self.check_granted()
        self.status, self.withdrawn_at, self.withdrawn_by = AwardStatus.WITHDRAWN, at, by
        self.ground, self.reason = ground, reason
