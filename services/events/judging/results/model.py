"""Results (成绩): what a stage came to, in versions of which two people sign each; frozen while anybody objects."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.base import Named
from contracts.events.judging.results import ProposalPending, ResultStands, ResultStatus, VersionStatus
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from procedures.countersigning.countersigning import Countersigned, two_people_sign, waiting
from services.events.editions.editions.model import Stage
from services.events.judging.results.rows import Row, number_of, text_of
from services.events.tables import EventsTable

Document = dict[str, Any]
S, V = ResultStatus, VersionStatus


class Result(Subject, EventsTable):
    """The result of a stage. `open_objections` counts what is in its scope; the database itself refuses a result that
    the public could see, or that is final, while there is one.
    """

    __tablename__ = "results"
    subject = "result"
    __table_args__ = (
        Index("uq_results_stage", "stage_id", unique=True),
        Index("ix_results_edition", "edition_id", "id"),
        Index("ix_results_objecting", "objections_until", "id", **only_where("objections_until IS NOT NULL")),
        CheckConstraint("open_objections >= 0", name="objections_are_counted"),
        CheckConstraint("(status = 'frozen') = (open_objections > 0)", name="frozen_while_objected_to"),
    )

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"))
    stage_id: Mapped[Id] = mapped_column(ForeignKey("stages.id"))
    status: Mapped[str]
    open_objections: Mapped[int] = mapped_column(default=0)
    notice_ends_at: Mapped[datetime | None]
    objections_until: Mapped[datetime | None]
    final_at: Mapped[datetime | None]
    stage: Mapped[Stage] = relationship(lazy="raise")
    versions: Mapped[list[ResultVersion]] = relationship(
        lazy="raise", order_by="ResultVersion.number", back_populates="result"
    )

    @property
    def announced(self) -> ResultVersion | None:
        """The version that stands, whether or not the public sees it now."""
        return next((version for version in self.versions if version.status == V.ANNOUNCED), None)

    @property
    def proposed(self) -> ResultVersion | None:
        """The version that waits for its second signature."""
        return next((version for version in self.versions if version.status == V.PROPOSED), None)

    @property
    def is_public(self) -> bool:
        return self.status in {S.ANNOUNCED, S.FINAL}

    @property
    def keys(self) -> dict[str, str]:
        """What rights on it look at."""
        return {"series_id": self.stage.edition.series_id}

    def check_is_proposed(self) -> None:
        """A version waits for its second signature; refuses with NothingProposed."""
        waiting(self.proposed, "resultId")

    def check_can_be_signed(self) -> None:
        """Refuses as `check_is_proposed` does, and where the competition is not held."""
        self.stage.check_not_cancelled()
        self.check_is_proposed()

    def propose(self, version: ResultVersion) -> None:
        """Have a version wait for its second signature.

        One that comes of re-judging follows on one that stands, any other is the first. Refuses with ProposalPending or
        ResultStands.
        """
        if self.proposed:
            raise ProposalPending("stageId")
        if self.status not in ({S.ANNOUNCED, S.FROZEN} if version.rejudging_id else {S.PROPOSED, S.WITHDRAWN}):
            raise ResultStands("stageId", status=self.status)
        self.versions.append(version)
        if not self.announced:
            self.status = S.PROPOSED

    def withdraw_proposal(self) -> ResultVersion:
        """Take the proposed version back; refuses with NothingProposed."""
        version = waiting(self.proposed, "resultId")
        version.status = V.WITHDRAWN
        if not self.announced:
            self.status = S.WITHDRAWN
        return version

    def countersign(self, *, person: str, digest: str, now: datetime) -> ResultVersion:
        """Sign the proposed version, which then takes the place of the one that stood.

        Refuses with NothingProposed, DigestDiffers where the signer has seen something else, or SecondPersonNeeded.
        """
        self.check_can_be_signed()
        version, before = waiting(self.proposed, "resultId"), self.announced
        version.sign(person=person, digest=digest, field="resultId")
        if before:
            before.status = V.SUPERSEDED
        version.status, version.announced_at = V.ANNOUNCED, now
        if self.status == S.PROPOSED:
            self.status = S.ANNOUNCED
        return version

    def run_notice(self, *, now: datetime, notice_hours: int, window_hours: int) -> None:
        """Let the public notice begin, and the time for objections, which ends with it at the latest."""
        self.notice_ends_at = now + timedelta(hours=notice_hours)
        self.objections_until = now + timedelta(hours=min(notice_hours, window_hours))

    def takes_objections(self, now: datetime) -> bool:
        return self.status in {S.ANNOUNCED, S.FROZEN} and bool(self.objections_until and now < self.objections_until)

    def freeze(self) -> bool:
        """Count one more open objection; whether the result was still public until now."""
        was_public = self.status == S.ANNOUNCED
        self.open_objections, self.status = self.open_objections + 1, S.FROZEN
        return was_public

    def release(self) -> bool:
        """Count one open objection less; whether the result is public again from now on."""
        self.open_objections -= 1
        if self.open_objections == 0:
            self.status = S.ANNOUNCED
        return self.status == S.ANNOUNCED

    def finish(self, now: datetime) -> bool:
        """Make it final if its public notice is over and nobody objects; whether that is so."""
        if self.status != S.ANNOUNCED or not self.notice_ends_at or now < self.notice_ends_at:
            return False
        self.status, self.final_at = S.FINAL, now
        return True


class ResultVersion(Countersigned, EventsTable):
    """A version of a result; never changed but in its status, and never erased. Its documents are canonical JSON."""

    __tablename__ = "result_versions"
    __table_args__ = (
        Index("uq_result_versions_number", "result_id", "number", unique=True),
        Index("uq_result_versions_proposed", "result_id", unique=True, **only_where("status = 'proposed'")),
        Index("uq_result_versions_announced", "result_id", unique=True, **only_where("status = 'announced'")),
        two_people_sign(),
        CheckConstraint(
            "(status IN ('announced', 'superseded')) = (signed_by IS NOT NULL)", name="signed_when_announced"
        ),
    )

    id: Mapped[Id] = mapped_column(primary_key=True)
    result_id: Mapped[Id] = mapped_column(ForeignKey("results.id"))
    number: Mapped[int]
    status: Mapped[str]
    rules_version: Mapped[int]
    rejudging_id: Mapped[Id | None]
    announced_at: Mapped[datetime | None]
    document: Mapped[str] = mapped_column(deferred=True, deferred_raiseload=True)
    whole_document: Mapped[str] = mapped_column(deferred=True, deferred_raiseload=True)
    result: Mapped[Result] = relationship(lazy="raise", back_populates="versions")
    rows: Mapped[list[ResultRow]] = relationship(lazy="raise", order_by="ResultRow.position")


class ResultRow(EventsTable):
    """A row of a version by its position in the ranking; `shown` are those that the public sees."""

    __tablename__ = "result_rows"
    __table_args__ = (
        Index("ix_result_rows_shown", "version_id", "position", **only_where("shown")),
        Index("ix_result_rows_entry", "entry_id", "version_id"),
    )

    version_id: Mapped[Id] = mapped_column(ForeignKey("result_versions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[Id] = mapped_column(ForeignKey("entries.id"))
    place: Mapped[int | None]
    code: Mapped[str | None]
    score_text: Mapped[str | None] = mapped_column("score")
    raw_text: Mapped[str | None] = mapped_column("raw")
    adjusted_text: Mapped[str | None] = mapped_column("adjusted")
    tie: Mapped[str]
    remark: Mapped[str]
    organization_id: Mapped[Id]
    organization_zh: Mapped[str]
    organization_en: Mapped[str]
    province: Mapped[str]
    contestant: Mapped[str]
    contestant_shown: Mapped[str]
    score_shown: Mapped[str | None]
    shown: Mapped[bool]

    @property
    def score(self) -> Decimal | None:
        return number_of(self.score_text)

    @property
    def row(self) -> Row:
        return Row(
            entry_id=self.entry_id,
            place=self.place,
            code=self.code,
            score=self.score,
            raw=number_of(self.raw_text),
            adjusted=number_of(self.adjusted_text),
            tie=self.tie,
            remark=self.remark,
            organization=Named(id=self.organization_id, zh=self.organization_zh, en=self.organization_en),
            province=self.province,
            contestant=self.contestant,
        )

    @classmethod
    def of(cls, row: Row, position: int, shown: Document | None) -> ResultRow:
        """`shown` is the row as it stands in the public document, if it does."""
        named = row.organization
        return cls(
            position=position,
            entry_id=row.entry_id,
            place=row.place,
            code=row.code,
            score_text=text_of(row.score),
            raw_text=text_of(row.raw),
            adjusted_text=text_of(row.adjusted),
            tie=row.tie,
            remark=row.remark,
            organization_id=named.id,
            organization_zh=named.zh,
            organization_en=named.en,
            province=row.province,
            contestant=row.contestant,
            contestant_shown=shown["contestant"] if shown else "",
            score_shown=shown.get("score") if shown else None,
            shown=shown is not None,
        )
