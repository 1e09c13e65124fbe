"""Public: what is published, and may be cancelled and be held after all; `sequence` tells calendars of each change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from contracts.events.editions.cancelling import IsCancelled, NotCancelled, TooLateToReinstate
from contracts.events.editions.competitions import EditionStatus, NotPublished


class Public:
    """The columns of it, for a mapped class. One that is cancelled `stood_as` published or closed before."""

    status: Mapped[str]
    published_at: Mapped[datetime | None]
    sequence: Mapped[int] = mapped_column(default=0)
    moved_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    reinstatable_until: Mapped[datetime | None]
    stood_as: Mapped[str | None]

    @property
    def cancelled(self) -> bool:
        """Whether it is not held."""
        return self.status == EditionStatus.CANCELLED

    def cancelled_for_good(self, now: datetime) -> bool:
        """Whether it is not held, and nobody can take that back any more."""
        return self.reinstatable_until is not None and self.reinstatable_until <= now

    def check_published(self) -> None:
        """Go on only if the public knows of it; refuses with NotPublished."""
        if self.published_at is None:
            raise NotPublished("competitionId")

    def check_not_cancelled(self) -> None:
        """Go on only if it is held, or is to be; refuses with IsCancelled."""
        if self.cancelled:
            raise IsCancelled

    def check_goes_on(self) -> None:
        """Go on only if the public knows of it and it is held; refuses with NotPublished or IsCancelled."""
        self.check_published()
        self.check_not_cancelled()

    def cancel(self, reason: str, until: datetime, now: datetime) -> None:
        """Let it not be held, which can be taken back `until` then; refuses with NotPublished or IsCancelled."""
        self.check_goes_on()
        self.stood_as, self.status = self.status, EditionStatus.CANCELLED
        self.cancelled_at, self.cancel_reason, self.reinstatable_until = now, reason, until
        self.moved(now)

    def check_can_be_reinstated(self, now: datetime) -> None:
        """Go on only within the time for it; refuses with NotCancelled or TooLateToReinstate."""
        if self.reinstatable_until is None:
            raise NotCancelled("competitionId")
        if self.cancelled_for_good(now):
            raise TooLateToReinstate("competitionId")

    def reinstate(self, now: datetime) -> None:
        """Let it be held after all, as it stood before it was cancelled."""
        assert self.stood_as, "only what was cancelled is reinstated"
        self.status, self.stood_as = self.stood_as, None
        self.cancelled_at, self.cancel_reason, self.reinstatable_until = None, None, None
        self.moved(now)

    def moved(self, now: datetime) -> None:
        """Let calendars learn that it is different now (RFC 5545, SEQUENCE)."""
        self.sequence, self.moved_at = self.sequence + 1, now
