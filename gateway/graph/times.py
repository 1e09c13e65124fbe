"""Times: moments and days; the services send them in ISO 8601, which is how the graph shows them too."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import graphene
from graphql import GraphQLError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class DateTime(graphene.DateTime):
    """A moment with its time zone (RFC 3339), in the years 1900 to 2200."""

    specified_by = "https://www.rfc-editor.org/rfc/rfc3339#section-5.6"
    shown_as_it_is = str

    @staticmethod
    def serialize(moment: str | datetime) -> str:
        return moment if isinstance(moment, str) else moment.isoformat()


class Date(graphene.Date):
    """A calendar day as 2026-06-30 (ISO 8601), in the years 1900 to 2200."""

    specified_by = "https://www.w3.org/TR/xmlschema11-2/#date"
    shown_as_it_is = str

    @staticmethod
    def serialize(day: str | date) -> str:
        return day if isinstance(day, str) else day.isoformat()

    @staticmethod
    def parse_value(value: Any) -> date:
        """Not what ISO 8601 allows beside, as 20260630 and 2026-W27-2: whoever writes that means another number."""
        if isinstance(value, str) and not _DAY.fullmatch(value):
            raise GraphQLError(f"Date cannot represent value: {value!r}")
        day: date = graphene.Date.parse_value(value)
        return day
