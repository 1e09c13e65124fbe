"""Questions (提问) to the organisers of an edition, with every version of their answers (答复)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.base import Named
from contracts.events.speaking.questions import (
    AnsweredAlready,
    NotAnswered,
    NotShown,
    QuestionOver,
    QuestionStatus,
    QuestionWaits,
)
from contracts.regions import region
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition
from services.events.tables import EventsTable

S = QuestionStatus


class Question(Subject, EventsTable):
    """What an institution, or without one the delegation of a province, asks.

    `wording` is how everybody reads it, where that differs.

    `person` asked it, until they are erased; with `asked_on` and `slot` it bounds how much one asks in a day. `answer` is the
    newest of `answers` versions; of them everybody may read those from `shown_from` on, or where nobody has said from which,
    the newest. `remark` says why it was closed or reopened.
    """

    __tablename__ = "questions"
    subject = "question"
    __table_args__ = (
        Index("uq_questions_slot", "person", "asked_on", "slot", unique=True),
        Index("ix_questions_edition", "edition_id", "id"),
        Index("ix_questions_status", "edition_id", "status", "id"),
        Index("ix_questions_organization", "edition_id", "organization_id", "id"),
        Index("ix_questions_province", "edition_id", "province", "id"),
        Index("ix_questions_public", "edition_id", "id", **only_where("public")),
        Index("ix_questions_open", "id", **only_where("status = 'open'")),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    track_id: Mapped[Id | None] = mapped_column(ForeignKey("tracks.id"))
    organization_id: Mapped[Id | None] = mapped_column(ForeignKey("organizations.id"))
    province: Mapped[str]
    person: Mapped[str | None]
    asked_on: Mapped[date]
    slot: Mapped[int]
    text: Mapped[str]
    wording: Mapped[str | None]
    public: Mapped[bool]
    shown_from: Mapped[int | None]
    status: Mapped[str] = mapped_column(default=S.OPEN)
    answer: Mapped[str | None]
    answers: Mapped[int] = mapped_column(default=0)
    answered_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(default="")
    edition: Mapped[Edition] = relationship(lazy="raise_on_sql")
    organization: Mapped[Organization | None] = relationship(lazy="raise_on_sql")

    @property
    def keys(self) -> dict[str, Any]:
        """What rights on it look at."""
        return {**self.askers, "series_id": self.edition.series_id, "public": self.is_public}

    @property
    def askers(self) -> dict[str, str | None]:
        """For whom it was asked."""
        return {"organization_id": self.organization_id, "province": self.province}

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it, which is with an answer only."""
        return self.public and self.answers > 0

    @property
    def asker(self) -> Named:
        """The institution, or the province whose delegation asks."""
        if self.organization:
            return self.organization.named
        found = region(self.province)
        return Named(id=self.province, zh=found.name_zh if found else "", en=found.name_en if found else "")

    @property
    def about(self) -> dict[str, Any]:
        """What every message about it says."""
        return {
            "question_id": self.id,
            "competition": self.edition.named,
            "edition": self.edition.number,
            "series_id": self.edition.series_id,
            "asker": self.asker,
            "organization_ids": [self.organization_id] if self.organization_id else [],
            "province": self.province,
        }

    def check_open(self) -> None:
        """Go on only while it waits for an answer; refuses with QuestionOver or AnsweredAlready."""
        self.check_not_over()
        if self.status == S.ANSWERED:
            raise AnsweredAlready("questionId")

    def check_not_over(self) -> None:
        """Go on only where it is not closed; refuses with QuestionOver."""
        if self.status == S.CLOSED:
            raise QuestionOver("questionId")

    def check_answered(self) -> None:
        """Go on only with an answer; refuses with NotAnswered."""
        if not self.answers:
            raise NotAnswered("questionId")

    def check_correctable(self) -> None:
        """Go on only with an answer that holds; refuses with NotAnswered, or QuestionWaits where it was reopened."""
        self.check_answered()
        if self.status == S.OPEN:
            raise QuestionWaits("questionId")

    def check_shown(self) -> None:
        """Go on only where it is to be read by everybody; refuses with NotShown."""
        if not self.public:
            raise NotShown("questionId")

    def check_reopens(self) -> None:
        """Go on only where it waits for nothing; refuses with QuestionWaits."""
        if self.status == S.OPEN:
            raise QuestionWaits("questionId")

    def show(self, wording: str | None) -> None:
        """Be read by everybody from the answer that holds now on, in other words where some are given."""
        if not self.public:
            self.shown_from = self.answers
        self.public, self.wording = True, wording or self.wording

    def take_answer(self, text: str, now: datetime) -> None:
        """Have another version of the answer, which is the one that holds; one that was closed stays so."""
        self.answer, self.answers, self.answered_at = text, self.answers + 1, now
        if self.status == S.OPEN:
            self.status = S.ANSWERED

    def step_to(self, status: QuestionStatus, remark: str) -> None:
        self.status, self.remark = status, remark


class Answer(EventsTable):
    """One version of the answer to a question; `person` gave it, until they are erased."""

    __tablename__ = "question_answers"
    __table_args__ = (Index("ix_question_answers_person", "person", **only_where("person IS NOT NULL")),)

    question_id: Mapped[Id] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    person: Mapped[str | None]
    given_at: Mapped[datetime]
