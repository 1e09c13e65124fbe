"""Rules: what a rule set says to judging: who may be drawn, how a panel is made up, and who judges how much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import marshmallow
from marshmallow import fields

from contracts.events.judging.judges import ConflictKind
from contracts.events.judging.judges_forms import MOST_LOAD
from contracts.forms import choice, flag, listing, verbatim, whole
from contracts.refusals import Invalid
from kit.documents.rulebook import Section

MOST_SEATS = 500


@dataclass(frozen=True, kw_only=True)
class JudgingRules:
    """The section `judging`.

    A panel has `seats`, of each province at most `most_per_province` and at least what `least_per_province` says. Who has
    a conflict of one of the kinds `barred` with any entry of the stage, or sits on `most_panels` panels of the edition
    already, is not on the roster. Each entry has `judges_per_entry`, of them at most `most_of_province_per_entry` of one
    province; nobody has more than `max_load`. Ties that ended within `conflict_years` count, and with `same_delegation`
    a judge judges no entry of their own province. The public may see the roster with the draw (`roster_public`), and the
    names of the panel once the codes are opened (`panel_public`). The solver has `solver_seconds`.
    """

    seats: int
    most_per_province: int | None
    least_per_province: Mapping[str, int]
    most_panels: int | None
    barred: tuple[ConflictKind, ...]
    judges_per_entry: int
    max_load: int
    most_of_province_per_entry: int | None
    conflict_years: int
    same_delegation: bool
    roster_public: bool
    panel_public: bool
    solver_seconds: int


def seats_by_province() -> fields.Dict:
    """How many seats, by GB/T 2260 code of a province."""
    return fields.Dict(
        keys=verbatim(pattern=r"[0-9]{6}\Z"),
        values=whole(min=0, max=MOST_SEATS),
        required=True,
        error_messages={"required": "REQUIRED", "null": "REQUIRED", "invalid": Invalid.code},
    )


class JudgingForm(Section[JudgingRules]):
    name = "judging"

    seats = whole(min=1, max=MOST_SEATS)
    most_per_province = whole(min=1, max=MOST_SEATS, required=False)
    least_per_province = seats_by_province()
    most_panels = whole(min=1, max=100, required=False)
    barred = listing(choice(ConflictKind), max=len(ConflictKind))
    judges_per_entry = whole(min=1, max=50)
    max_load = whole(min=1, max=MOST_LOAD)
    most_of_province_per_entry = whole(min=1, max=50, required=False)
    conflict_years = whole(min=0, max=50)
    same_delegation = flag()
    roster_public = flag()
    panel_public = flag()
    solver_seconds = whole(min=1, max=10)  # a transaction may not be idle for longer than 30 seconds

    @marshmallow.validates_schema
    def consistent(self, data: dict[str, Any], **_: Any) -> None:
        """What is owed to provinces fits the panel, and a panel can give an entry its judges."""
        least: dict[str, int] = data["least_per_province"]
        most = data.get("most_per_province")
        if sum(least.values()) > data["seats"] or (most is not None and max(least.values(), default=0) > most):
            raise marshmallow.ValidationError(Invalid.code, "least_per_province")
        if data["judges_per_entry"] > data["seats"]:
            raise marshmallow.ValidationError(Invalid.code, "judges_per_entry")

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> JudgingRules:
        left_out = {"most_per_province": None, "most_panels": None, "most_of_province_per_entry": None}
        return JudgingRules(**{**left_out, **said, "barred": tuple(said["barred"])})
