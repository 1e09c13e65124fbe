"""Rules: who gets which prize, how many there are, and what a certificate says, as the section `awards` has it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import marshmallow

from contracts.base import Named
from contracts.forms import Input, choice, listing, nested, text, verbatim, whole
from contracts.refusals import Invalid, Required
from kit.documents.rulebook import Section

CODE = r"[a-z][a-z0-9_]*\Z"
SHARE = r"(0(\.\d{1,6})?|1(\.0{1,6})?)\Z"
SCORE = r"-?\d{1,6}(\.\d{1,6})?\Z"
LETTERS = r"[A-Z]{2,6}\Z"
MOST = 1_000_000


class Rounding(StrEnum):
    """What becomes of a share that is no whole number of prizes."""

    DOWN = "down"  # 舍去
    HALF_UP = "half_up"  # 四舍五入
    UP = "up"  # 进一


class JointPlaces(StrEnum):
    """What becomes of those who share a place where a prize runs out between them."""

    ALL = "all"  # they all get it, beyond its number
    NONE = "none"  # none of them does; they are the first for the next prize
    FROM_NEXT = "from_next"  # they all get it, and the next prize has so many fewer


class UnusedPlaces(StrEnum):
    """What becomes of prizes that nobody could get."""

    LAPSE = "lapse"  # 空缺
    TO_NEXT = "to_next"  # 顺延至下一奖项


class Tally(StrEnum):
    """What provinces and institutions are compared by."""

    PRIZES = "prizes"  # whoever has more first prizes, then second …
    POINTS = "points"  # whoever has more points


@dataclass(frozen=True, kw_only=True)
class PrizeRule:
    """One prize: at most `count` and at most `share` of those placed, each with at least `least_score` points.

    What is None sets no bound. `points` is what it counts in tables by points.
    """

    code: str
    name_zh: str
    name_en: str
    points: int = 0
    count: int | None = None
    share: Decimal | None = None
    least_score: Decimal | None = None
    most_per_province: int | None = None
    most_per_institution: int | None = None

    @property
    def named(self) -> Named:
        return Named(id=self.code, zh=self.name_zh, en=self.name_en)


@dataclass(frozen=True, kw_only=True)
class AdviserRule:
    """The advisers' award (优秀指导教师奖): for the first `most_per_entry` advisers of an entry that has one of `prizes`."""

    name_zh: str
    name_en: str
    prizes: tuple[str, ...]
    most_per_entry: int | None = None

    @property
    def named(self) -> Named:
        return Named(id="adviser", zh=self.name_zh, en=self.name_en)


@dataclass(frozen=True, kw_only=True)
class OrganizationRule:
    """The organisation award (优秀组织奖): for the first `count` institutions of the table that reach `least`.

    `by` says what the table goes by, and so whether `least` is a number of prizes or of points.
    """

    name_zh: str
    name_en: str
    by: Tally
    count: int
    least: int

    @property
    def named(self) -> Named:
        return Named(id="organization", zh=self.name_zh, en=self.name_en)


@dataclass(frozen=True, kw_only=True)
class Body:
    """A body that issues the certificates (颁发单位)."""

    name_zh: str
    name_en: str


@dataclass(frozen=True, kw_only=True)
class AwardsRules:
    """The section `awards`; the prizes stand from the highest to the lowest."""

    prizes: tuple[PrizeRule, ...]
    rounding: Rounding
    joint_places: JointPlaces
    unused_places: UnusedPlaces
    tables: Tally
    advisers: AdviserRule | None
    organizations: OrganizationRule | None
    issuers: tuple[Body, ...]
    certificate_letters: str


class PrizeForm(Input):
    code = verbatim(max=40, pattern=CODE)
    name_zh = text(max=40)
    name_en = text(max=80)
    points = whole(min=0, max=MOST, required=False)
    count = whole(min=1, max=MOST, required=False)
    share = verbatim(max=8, pattern=SHARE, required=False)
    least_score = verbatim(max=20, pattern=SCORE, required=False)
    most_per_province = whole(min=1, max=MOST, required=False)
    most_per_institution = whole(min=1, max=MOST, required=False)

    @marshmallow.validates_schema
    def is_bounded(self, data: dict[str, Any], **_: Any) -> None:
        """A prize without any bound would go to everybody, which nobody means."""
        if not any(data.get(bound) is not None for bound in ("count", "share", "least_score")):
            raise marshmallow.ValidationError(Required.code, "count")

    @marshmallow.post_load
    def rule(self, data: dict[str, Any], **_: Any) -> PrizeRule:
        decimals = {name: Decimal(data[name]) for name in ("share", "least_score") if data.get(name) is not None}
        return PrizeRule(**{**data, "points": data.get("points") or 0, **decimals})


class AdviserForm(Input):
    name_zh = text(max=40)
    name_en = text(max=80)
    prizes = listing(verbatim(max=40, pattern=CODE), min=1, max=20)
    most_per_entry = whole(min=1, max=20, required=False)

    @marshmallow.post_load
    def rule(self, data: dict[str, Any], **_: Any) -> AdviserRule:
        return AdviserRule(**{**data, "prizes": tuple(data["prizes"])})


class OrganizationForm(Input):
    name_zh = text(max=40)
    name_en = text(max=80)
    by = choice(Tally)
    count = whole(min=1, max=MOST)
    least = whole(min=1, max=MOST)

    @marshmallow.post_load
    def rule(self, data: dict[str, Any], **_: Any) -> OrganizationRule:
        return OrganizationRule(**data)


class BodyForm(Input):
    name_zh = text(max=60)
    name_en = text(max=120)

    @marshmallow.post_load
    def body(self, data: dict[str, Any], **_: Any) -> Body:
        return Body(**data)


class AwardsForm(Section[AwardsRules]):
    name = "awards"

    prizes = listing(nested(PrizeForm), min=1, max=20)
    rounding = choice(Rounding)
    joint_places = choice(JointPlaces)
    unused_places = choice(UnusedPlaces)
    tables = choice(Tally)
    advisers = nested(AdviserForm, required=False)
    organizations = nested(OrganizationForm, required=False)
    issuers = listing(nested(BodyForm), min=1, max=4)
    certificate_letters = verbatim(max=6, pattern=LETTERS)

    @marshmallow.validates_schema
    def names_each_prize_once(self, data: dict[str, Any], **_: Any) -> None:
        codes = [prize.code for prize in data["prizes"]]
        if len(set(codes)) != len(codes):
            raise marshmallow.ValidationError(Invalid.code, "prizes")
        if data.get("advisers") and not set(data["advisers"].prizes) <= set(codes):
            raise marshmallow.ValidationError(Invalid.code, "advisers")

    @marshmallow.post_load
    def rules(self, data: dict[str, Any], **_: Any) -> AwardsRules:
        left_out = {"advisers": None, "organizations": None}
        lists = {name: tuple(data[name]) for name in ("prizes", "issuers")}
        return AwardsRules(**{**left_out, **data, **lists})
