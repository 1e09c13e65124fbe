"""Rules: what a rule set says about places: how they are shared out by entries, and what becomes of returned ones."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import marshmallow

from contracts.forms import choice, verbatim, whole
from kit.documents.rulebook import Section
from procedures.shares.shares import Rounding


class Reallocation(StrEnum):
    """What becomes of places that came back."""

    WAITING = "waiting"  # to the quotas whose entries wait, the longest list first, one place a turn
    SHARE = "share"  # to the quotas that returned nothing, by what they were issued
    KEEP = "keep"  # they stay with whom they came back to


@dataclass(frozen=True)
class QuotasRules:
    """`share` is places per entry; with `least_entries` or more an institution has `direct` places besides."""

    share: Decimal
    least_entries: int
    direct: int
    rounding: Rounding
    reallocate: Reallocation


class QuotasForm(Section[QuotasRules]):
    name = "quotas"

    share = verbatim(pattern=r"(0(\.\d{1,6})?|1(\.0{1,6})?)\Z", max=8)
    least_entries = whole(min=0, max=1_000_000)
    direct = whole(min=0, max=1_000)
    rounding = choice(Rounding)
    reallocate = choice(Reallocation)

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> QuotasRules:
        return QuotasRules(**{**said, "share": Decimal(said["share"])})
