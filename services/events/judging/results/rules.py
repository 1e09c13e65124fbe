"""Rules of results: how long the public notice is, what the public sees, who goes on, and who may object to what."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import marshmallow

from contracts.events.judging.objections import Ground, Locus
from contracts.forms import Input, choice, flag, listing, nested, verbatim, whole
from contracts.refusals import Invalid
from kit.documents.rulebook import Section

DECIMAL = r"[0-9]{1,6}(\.[0-9]{1,6})?\Z"
MOST_HOURS = 24 * 366
MOST_PLACES = 1_000_000


class Take(StrEnum):
    """How many are taken from a ranking."""

    ALL = "all"
    COUNT = "count"  # so many
    SHARE = "share"  # so many percent of those who are placed
    LEAST_SCORE = "least_score"  # whoever has so many points


class Per(StrEnum):
    """Within what they are counted."""

    TRACK = "track"
    PROVINCE = "province"
    INSTITUTION = "institution"


class Rounding(StrEnum):
    """What becomes of a share that is no whole number."""

    UP = "up"
    DOWN = "down"
    NEAREST = "nearest"  # a half goes up


class TiesAtCut(StrEnum):
    """What becomes of those who share the place at which the cut falls."""

    ALL = "all"  # they are all taken
    CHAIN = "chain"  # the order after the whole tie-break chain decides
    NONE = "none"  # none of them is taken


class Names(StrEnum):
    """How a contestant's name stands in what is published."""

    PLAIN = "plain"
    MASKED = "masked"  # the first character, then a star for each that follows
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Cut:
    """How many are taken from a ranking; `value` is a number of entries, percent or points, as `take` says."""

    take: Take
    value: Decimal
    per: Per
    rounding: Rounding
    at_least: int
    ties: TiesAtCut


@dataclass(frozen=True, kw_only=True)
class Direct:
    """Direct places: the best `places` of each group that has at least `from_entries` placed entries go on in any case."""

    per: Per
    from_entries: int
    places: int


@dataclass(frozen=True, kw_only=True)
class Advance:
    """Who goes on to the next round; `most_per_province` bounds a delegation, those behind move up."""

    cut: Cut
    direct: Direct | None
    most_per_province: int | None
    most_per_institution: int | None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the public sees of a result."""

    cut: Cut
    names: Names
    scores: bool


@dataclass(frozen=True, kw_only=True)
class ObjectionRules:
    """Who may object, on which grounds, until when, and how an objection is decided. Hours run from the announcement.

    What is upheld has `remedy_hours` from the decision on for its remedy; rules that do not say it set no deadline.
    """

    window_hours: int
    standing: tuple[Locus, ...]
    about_any_entry: bool
    grounds: tuple[Ground, ...]
    most_per_delegation: int
    seats: int
    decision_hours: int
    reminder_hours: int
    same_province_sits: bool
    remedy_hours: int | None = None


@dataclass(frozen=True, kw_only=True)
class ResultRules:
    """The section `results`; `renewed_notice_hours` is the public notice of a version that follows re-judging."""

    notice_hours: int
    renewed_notice_hours: int
    shown: Shown
    advance: Advance
    objections: ObjectionRules


class CutForm(Input):
    take = choice(Take)
    value = verbatim(pattern=DECIMAL)
    per = choice(Per)
    rounding = choice(Rounding)
    at_least = whole(min=0, max=MOST_PLACES)
    ties = choice(TiesAtCut)

    @marshmallow.post_load
    def cut(self, data: dict[str, Any], **_: Any) -> Cut:
        return Cut(**{**data, "value": Decimal(data["value"])})


class DirectForm(Input):
    per = choice(Per)
    from_entries = whole(min=1, max=MOST_PLACES)
    places = whole(min=1, max=MOST_PLACES)

    @marshmallow.post_load
    def direct(self, data: dict[str, Any], **_: Any) -> Direct:
        return Direct(**data)


class AdvanceForm(Input):
    cut = nested(CutForm)
    direct = nested(DirectForm, required=False)
    most_per_province = whole(min=1, max=MOST_PLACES, required=False)
    most_per_institution = whole(min=1, max=MOST_PLACES, required=False)

    @marshmallow.post_load
    def advance(self, data: dict[str, Any], **_: Any) -> Advance:
        left_out = {"direct": None, "most_per_province": None, "most_per_institution": None}
        return Advance(**{**left_out, **data})


class ShownForm(Input):
    cut = nested(CutForm)
    names = choice(Names)
    scores = flag()

    @marshmallow.post_load
    def shown(self, data: dict[str, Any], **_: Any) -> Shown:
        return Shown(**data)


class ObjectionForm(Input):
    window_hours = whole(min=1, max=MOST_HOURS)
    standing = listing(choice(Locus), min=1, max=len(Locus))
    about_any_entry = flag()
    grounds = listing(choice(Ground), min=1, max=len(Ground))
    most_per_delegation = whole(min=1, max=1000)
    seats = whole(min=1, max=15)
    decision_hours = whole(min=1, max=MOST_HOURS)
    reminder_hours = whole(min=0, max=MOST_HOURS)
    same_province_sits = flag()
    remedy_hours = whole(min=1, max=MOST_HOURS, required=False)

    @marshmallow.validates("seats")
    def odd(self, seats: int, **_: Any) -> None:
        """An even panel could be divided in two halves."""
        if seats % 2 == 0:
            raise marshmallow.ValidationError(Invalid.code)

    @marshmallow.post_load
    def objections(self, data: dict[str, Any], **_: Any) -> ObjectionRules:
        return ObjectionRules(**{**data, "standing": tuple(data["standing"]), "grounds": tuple(data["grounds"])})


class ResultsForm(Section[ResultRules]):
    """The section `results`."""

    name = "results"

    notice_hours = whole(min=1, max=MOST_HOURS)
    renewed_notice_hours = whole(min=1, max=MOST_HOURS)
    shown = nested(ShownForm)
    advance = nested(AdvanceForm)
    objections = nested(ObjectionForm)

    @marshmallow.post_load
    def results(self, data: dict[str, Any], **_: Any) -> ResultRules:
        return ResultRules(**data)
