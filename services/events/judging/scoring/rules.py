"""Rules: how sheets become a ranking, as the section `scoring` of a rule set says it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

import marshmallow
from marshmallow import fields, validate

from contracts.forms import Input, choice, flag, listing, nested, text, verbatim, whole
from contracts.refusals import Invalid, OutOfRange, Required
from kit.documents.rulebook import Section

KEY = r"[a-z][a-z0-9_]*\Z"
_CODES: dict[str, Any] = {
    "required": Required.code,
    "null": Required.code,
    "invalid": Invalid.code,
    "special": Invalid.code,
    "validator_failed": Invalid.code,
}


class CalibrationMethod(StrEnum):
    """What is done about judges who are stricter, milder or bolder than others."""

    NONE = "none"  # 不校准
    CENTRED = "centred"  # 均值校准
    STANDARDISED = "standardised"  # 标准化校准


class RoundingMode(StrEnum):
    """How the score that is published is rounded."""

    HALF_UP = "half_up"  # 四舍五入
    HALF_EVEN = "half_even"  # 四舍六入五成双
    DOWN = "down"  # 舍去


class MissingSheets(StrEnum):
    """What becomes of an entry of which a sheet is missing when judging ends."""

    REST = "rest"  # 按已有评分计算
    UNPLACED = "unplaced"  # 不排名次


class TieBreak(StrEnum):
    """What decides between entries of the same score."""

    CRITERION = "criterion"  # 单项得分高者
    RAW_SCORE = "raw_score"  # 校准前平均分高者
    HIGHEST_SHEET = "highest_sheet"  # 最高评分高者
    LOWEST_SHEET = "lowest_sheet"  # 最低评分高者
    LOWEST_SPREAD = "lowest_spread"  # 评分离散小者
    FEWER_LOW = "fewer_low"  # 低分少者
    DRAW_LOT = "draw_lot"  # 抽签


@dataclass(frozen=True)
class Criterion:
    """One thing that is judged (评分项): points from `least` to `most` by `step`, which count `weight` times."""

    key: str
    name_zh: str
    name_en: str
    weight: Decimal
    least: Decimal
    most: Decimal
    step: Decimal


@dataclass(frozen=True)
class Rubric:
    """The criteria (评分标准) of a sheet; its total is the weighted sum of the points."""

    version: int
    criteria: tuple[Criterion, ...]

    @property
    def stamp(self) -> str:
        """Names exactly these criteria: the version, and a digest that changes with any figure of them."""
        digest = hashlib.sha256(repr(self.criteria).encode()).hexdigest()
        return f"{self.version}-{digest[:12]}"


@dataclass(frozen=True)
class Drop:
    """How many highest and lowest sheets of an entry do not count (去掉最高分、最低分), if it has `at_least_sheets`."""

    highest: int
    lowest: int
    at_least_sheets: int


@dataclass(frozen=True)
class Calibration:
    """How judges are made comparable; one with fewer than `least_sample` sheets is left as is.

    With `shrink` a judge is moved less the less his sheets tell about him.
    """

    method: CalibrationMethod
    least_sample: int
    shrink: bool


@dataclass(frozen=True)
class Rounding:
    """To how many digits, and how, the score is rounded before places are given."""

    digits: int
    mode: RoundingMode


@dataclass(frozen=True)
class TieStep:
    """One link of the chain of tie-breaks; `key` names the criterion, `below` the total that counts as low."""

    by: TieBreak
    key: str | None = None
    below: Decimal | None = None

    def __str__(self) -> str:
        return f"{self.by}:{self.key}" if self.key else str(self.by)


@dataclass(frozen=True)
class ScoringRules:
    """Everything of a rule set that the ranking is a function of, beside the sheets."""

    rubric: Rubric
    drop: Drop
    calibration: Calibration
    rounding: Rounding
    tie_breaks: tuple[TieStep, ...]
    joint_places: bool
    missing_sheets: MissingSheets
    least_sheets: int
    reminder_hours: tuple[int, ...]


def figure(least: str, most: str, *, required: bool = True) -> fields.Decimal:
    """A decimal number, never a binary one, between two bounds, with at most six digits behind the point."""
    between = validate.Range(Decimal(least), Decimal(most), error=f"{OutOfRange.code} min={least}&max={most}")
    return fields.Decimal(
        required=required,
        allow_none=not required,
        validate=[between, _short],
        error_messages=_CODES,
    )


def _short(value: Decimal) -> None:
    exponent = value.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -6:
        raise marshmallow.ValidationError(Invalid.code)


def _refuse(field: str) -> None:
    raise marshmallow.ValidationError(Invalid.code, field)


class CriterionForm(Input):
    key = verbatim(max=40, pattern=KEY)
    name_zh = text(max=100)
    name_en = text(max=200)
    weight = figure("0.000001", "1000")
    least = figure("-10000", "10000")
    most = figure("-10000", "10000")
    step = figure("0.000001", "10000")

    @marshmallow.validates_schema
    def reaches_its_most(self, data: dict[str, Any], **_: Any) -> None:
        if data["least"] >= data["most"] or (data["most"] - data["least"]) % data["step"]:
            _refuse("most")

    @marshmallow.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Criterion:
        return Criterion(**data)


class RubricForm(Input):
    version = whole(min=1, max=9999)
    criteria = listing(nested(CriterionForm), min=1, max=30)

    @marshmallow.validates_schema
    def each_once(self, data: dict[str, Any], **_: Any) -> None:
        if len({criterion.key for criterion in data["criteria"]}) != len(data["criteria"]):
            _refuse("criteria")

    @marshmallow.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Rubric:
        return Rubric(data["version"], tuple(data["criteria"]))


class DropForm(Input):
    highest = whole(min=0, max=20)
    lowest = whole(min=0, max=20)
    at_least_sheets = whole(min=1, max=100)

    @marshmallow.validates_schema
    def leaves_one(self, data: dict[str, Any], **_: Any) -> None:
        if data["highest"] + data["lowest"] >= data["at_least_sheets"]:
            _refuse("at_least_sheets")

    @marshmallow.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Drop:
        return Drop(**data)


class CalibrationForm(Input):
    method = choice(CalibrationMethod)
    least_sample = whole(min=2, max=1000)
    shrink = flag()

    @marshmallow.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Calibration:
        return Calibration(**data)


class RoundingForm(Input):
    digits = whole(min=0, max=6)
    mode = choice(RoundingMode)

    @marshmallow.post_load
    def made(self, data: dict[str, Any], **_: Any) -> Rounding:
        return Rounding(**data)


class TieStepForm(Input):
    by = choice(TieBreak)
    key = verbatim(max=40, pattern=KEY, required=False)
    below = figure("-1000000", "1000000", required=False)

    @marshmallow.validates_schema
    def complete(self, data: dict[str, Any], **_: Any) -> None:
        needs = {TieBreak.CRITERION: "key", TieBreak.FEWER_LOW: "below"}
        for by, field in needs.items():
            if (data.get(field) is not None) != (data["by"] == by):
                _refuse(field)

    @marshmallow.post_load
    def made(self, data: dict[str, Any], **_: Any) -> TieStep:
        return TieStep(**data)


class ScoringForm(Section[ScoringRules]):
    """The section `scoring`."""

    name = "scoring"

    rubric = nested(RubricForm)
    drop = nested(DropForm)
    calibration = nested(CalibrationForm)
    rounding = nested(RoundingForm)
    tie_breaks = listing(nested(TieStepForm), max=20)
    joint_places = flag()
    missing_sheets = choice(MissingSheets)
    least_sheets = whole(min=1, max=100)
    reminder_hours = listing(whole(min=1, max=2000), max=10)

    @marshmallow.validates_schema
    def chain_ends(self, data: dict[str, Any], **_: Any) -> None:
        """A criterion of the chain is one of the rubric, and where no place is shared the lot has the last word."""
        steps: list[TieStep] = data["tie_breaks"]
        known = {criterion.key for criterion in data["rubric"].criteria}
        if any(step.key and step.key not in known for step in steps):
            _refuse("tie_breaks")
        if not data["joint_places"] and not (steps and steps[-1].by == TieBreak.DRAW_LOT):
            _refuse("joint_places")

    @marshmallow.post_load
    def made(self, data: dict[str, Any], **_: Any) -> ScoringRules:
        lists = {name: tuple(data[name]) for name in ("tie_breaks", "reminder_hours")}
        return ScoringRules(**{**data, **lists})
