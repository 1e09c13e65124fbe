"""Times: moments and days; the services send them in ISO 8601, which is how the graph shows them too."""

from __future__ import annotations

from datetime import date, datetime

import graphene


class DateTime(graphene.DateTime):
    """A moment with its time zone (RFC 3339)."""

    @staticmethod
    def serialize(moment: str | datetime) -> str:
        return moment if isinstance(moment, str) else moment.isoformat()


class Date(graphene.Date):
    """A calendar day (ISO 8601)."""

    @staticmethod
    def serialize(day: str | date) -> str:
        return day if isinstance(day, str) else day.isoformat()
