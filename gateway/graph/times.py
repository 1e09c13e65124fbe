"""Times: moments and days; the services send them in ISO 8601, which is how the graph shows them too."""

from __future__ import annotations

from datetime import date, datetime

import graphene


class DateTime(graphene.DateTime):
    """A moment with its time zone (RFC 3339), in the years 1900 to 2200."""

    specified_by = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
    shown_as_it_is = str

    @staticmethod
    def serialize(moment: str | datetime) -> str:
        return moment if isinstance(moment, str) else moment.isoformat()


class Date(graphene.Date):
    """A calendar day (ISO 8601), in the years 1900 to 2200."""

    specified_by = "https://www.w3.org/TR/xmlschema11-2/#date"
    shown_as_it_is = str

    @staticmethod
    def serialize(day: str | date) -> str:
        return day if isinstance(day, str) else day.isoformat()
