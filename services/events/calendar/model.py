"""Calendar (日历): the secret address under which a person's own calendar can be subscribed to."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from services.events.tables import EventsTable

SECRET_BYTES = 32


class CalendarAddress(EventsTable):
    """Calendar programs know no sign-in: whoever has the secret reads the calendar, until its owner renews it."""

    __tablename__ = "calendar_addresses"
    __table_args__ = (Index("uq_calendar_addresses_secret", "secret", unique=True),)

    person: Mapped[str] = mapped_column(primary_key=True)
    secret: Mapped[str]
    renewed_at: Mapped[datetime]

    def renew(self, now: datetime) -> None:
        """Have another secret; the one before opens nothing any more."""
        self.secret, self.renewed_at = secrets.token_urlsafe(SECRET_BYTES), now
