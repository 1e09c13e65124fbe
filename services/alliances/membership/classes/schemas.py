"""How the class of a member looks from outside."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.alliances.membership.charters.reading import InForce
from services.alliances.membership.classes.model import ClassPeriod


def class_view(charter: InForce, period: ClassPeriod | None, joined: date) -> dict[str, Any]:
    """The class that a member has: that of the period, or of its admission; a charter that has lost it names it by its code."""
    code = period.code if period else charter.classes.admitted_as
    found = charter.classes.by_code.get(code)
    return {
        "code": code,
        "name_zh": found.name_zh if found else code,
        "name_en": found.name_en if found else code,
        "votes": found.votes if found else 0,
        "since": period.since if period else joined,
    }
