"""Rule sets (竞赛规程): the versions of the rules by which an edition is held."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kit.data.db import Id
from services.events.tables import EventsTable


class RuleSet(EventsTable):
    """A version of an edition's rules (竞赛规程). A draft's only version changes with it; once public none ever does.

    `document` is the whole rule set, complete with the defaults of its time: {"<section>": {…}, "tracks": {"<code>":
    {"<section>": {…}}}}. `digest` is the SHA-256 of its canonical form (RFC 8785), in hexadecimal digits.
    """

    __tablename__ = "rule_sets"

    edition_id: Mapped[Id] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[dict[str, Any]]
    digest: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[datetime]
