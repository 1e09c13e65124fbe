"""Quantities: finds the figures in a clause, each with its unit and the words around it that bind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from contracts.projects.planning.plans import Comparator
from services.projects.planning.plans.reading.numerals import plain_value

MAX_CONTEXT = 40
"""Characters before and after a figure that may bind it."""

_ARABIC = r"\d{1,3}(?:,\d{3}){1,3}(?!\d)|\d{1,12}(?:\.\d{1,6})?"
_CHINESE = r"[一二两三四五六七八九十][一二三四五六七八九十百千零]{0,7}"
_SCALES = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "亿": 100_000_000}
_COUNTED = (
    "人次|课时|学时|场次|个|所|家|项|名|位|条|次|场|门|节|套|支|人(?![才民力口社工])|篇|部|件|册|例|对|座|间|户|台"
)
_MEASURED = "%|小时|元|平方米|㎡|公里|亩|倍|学分|分|天|种|类|期|批|处|片|张|辆|TB|GB"
_FIGURE = re.compile(
    rf"(?<![\d.,第A-Za-z])(?:(?P<low>{_ARABIC}) ?%? ?(?:[-—―–~]{{1,2}}|至|到) ?(?P<high>{_ARABIC})"
    rf"|百分之(?P<percent>{_CHINESE}|{_ARABIC})|(?P<tenths>[一二三四五六七八九])成(?![人为就立果长员功本绩])"
    rf"|(?P<arabic>{_ARABIC})|(?<![数几上成三四每同另])(?P<chinese>{_CHINESE}))"
    rf" ?(?P<scale>百万|千|万|亿)? ?(?P<more>余|多)? ?(?P<unit>个百分点|{_COUNTED}|{_MEASURED})?(?![A-Za-z])"
    r" ?(?P<bound>[及或]?以上|[及或]?以下|以内|之内|左右|上下)?"
)
_COUNTED_UNIT = re.compile(_COUNTED)
_NOT_COUNTED = re.compile(r"一|方面|层[面次]|维度|阶段|环节|百分点")

_BEFORE: tuple[tuple[Comparator, re.Pattern[str]], ...] = (
    (Comparator.GTE, re.compile(r"(?:不得?[少低]于|不小于|(?<!不)(?:超过|突破|高于|大于|多于)|至少[^\d,]{0,8}) ?$")),
    (Comparator.LTE, re.compile(r"(?:不得?超过|不高于|不多于|不大于|至多|最多|控制[在到]|降[至到]|压减[至到]) ?$")),
    (Comparator.LT, re.compile(r"(?:(?<!不)(?<!不得)(?:小于|低于|少于)|不足) ?$")),
    (Comparator.APPROX, re.compile(r"(?:大约|约|接近|近) ?$")),
)
_AFTER = {
    "左右": Comparator.APPROX,
    "上下": Comparator.APPROX,
    "以上": Comparator.GTE,
    "以下": Comparator.LTE,
    "以内": Comparator.LTE,
    "之内": Comparator.LTE,
}
_DOES = (
    "建设|建立|建成|建好|共建|新建|改建|扩建|打造|培育|培养|培训|新增|增加|增至|增长|举办|开展|组织|形成|完成|实现|达到|达|保持|稳定在|控制"
    "|提出|选派|选聘|引进|遴选|认定|支持|研制|发布|制定|制订|出台|推出|创建|创成|设立|设置|招收|招引|资助|提升|提高|降至|降低|覆盖|通过|参与|参加"
    "|服务|吸引|发展|开发|录制|评选|推荐|安排|投入|派出|接收|互派|签订|签署|转化|对接|走访|召开|惠及|落实|推动|推进|立项|获得|入选|吸纳|完善|布局"
    "|配备|配置|配齐|每"
)
_ACTION = re.compile(_DOES)
_ACTION_JUST_BEFORE = re.compile(rf"(?:{_DOES}|增加到|提高到|提升至|不少于|不低于|至少) ?$")
_REACHED = re.compile("达到|达|建成|完成|实现|形成|创成|通过")
_IS_TIME = re.compile("年|月|日|周|级|届|星期|工作日|季度|学期|学年")
_THRESHOLDS = {"以上", "以下", "以内", "之内", *(f"{word}{bound}" for word in "及或" for bound in ("以上", "以下"))}
"""`左右` bounds what is to be done, these may also describe a noun that follows."""
_TO = "(?:(?:提高|增加|提升|上升|增长|扩大|扩展|降低|下降|减少|压减|压缩|缩减|增|升|降|减)[到至])"
_CHANGES_TO = re.compile(rf" ?{_TO}|的?基础上")
_FROM = re.compile(r"[由从]\D{0,12}$")
_RATIO, _RATIO_BEFORE = re.compile(r" ?[:∶比] ?\d"), re.compile(r"\d ?[:∶比] ?$")
_IN_HAND = re.compile("现有|已有|已建|已经|目前|截至|原有|以来|上年|去年|位居|全国第")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure that a clause sets as a target; `start` and `end` are its place, unit and bounding words included."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    comparator: Comparator
    inferred: bool


def quantities_in(clause: str) -> Iterator[Quantity]:
    """The figures that are targets: not ordinals, years, thresholds (`200人以下小规模学校`) or what is in hand already.

    `clause` is half-width, without the words in quotation marks.
    """
    for figure in _FIGURE.finditer(clause):
        before = clause[max(0, figure.start() - MAX_CONTEXT) : figure.start()]
        after = clause[figure.end() : figure.end() + MAX_CONTEXT]
        if _is_target(figure, before, after):
            comparator, inferred = _comparator(figure, before, after)
            yield _quantity(figure, comparator, inferred)


def _is_target(figure: re.Match[str], before: str, after: str) -> bool:
    unit, bound = figure["unit"], figure["bound"]
    if _says_something_else(before, after):
        return False
    if figure["chinese"] and not _counts(figure, after):
        return False
    if bound in _THRESHOLDS and after and _is_attribute(after) and not _ACTION_JUST_BEFORE.search(before):
        return False
    if bound or _bound_before(before):
        return True
    if figure["percent"] or figure["tenths"] or unit == "%":
        return True
    counted = figure["arabic"] and _COUNTED_UNIT.fullmatch(unit or "")
    return unit is not None and (bool(counted) or _ACTION.search(before + after) is not None)


def _says_something_else(before: str, after: str) -> bool:
    """What is in hand already, a time, what there is now (`由45%提高到60%`), or a side of a ratio (`1:20`)."""
    is_baseline = _FROM.search(before) and _CHANGES_TO.match(after)
    is_ratio = _RATIO.match(after) or _RATIO_BEFORE.search(before)
    return bool(_IN_HAND.search(before) or _IS_TIME.match(after) or is_baseline or is_ratio)


def _counts(figure: re.Match[str], after: str) -> bool:
    """Chinese numerals are words too (一流, 一批, 三个方面): only two or more countable things make a figure."""
    counted = figure["unit"] is not None and _COUNTED_UNIT.fullmatch(figure["unit"]) is not None
    return counted and plain_value(figure["chinese"]) >= 2 and not _NOT_COUNTED.match(after)


def _is_attribute(after: str) -> bool:
    """A bounded figure that runs on into a noun describes it (`100人以下小规模学校`); with 的 it counts it."""
    return after[0].isalpha() and not after.startswith("的")


def _bound_before(before: str) -> Comparator | None:
    return next((comparator for comparator, words in _BEFORE if words.search(before)), None)


def _comparator(figure: re.Match[str], before: str, after: str) -> tuple[Comparator, bool]:
    """The comparator, and whether it is our reading: a share or a result without a bounding word is a floor."""
    if figure["high"]:
        return Comparator.BETWEEN, False
    if figure["bound"]:
        return _AFTER[figure["bound"].lstrip("及或")], False
    if stated := _bound_before(before):
        return stated, False
    if figure["more"]:
        return Comparator.GTE, False
    if figure["unit"] == "%" or figure["percent"] or figure["tenths"]:
        return (Comparator.EQ, False) if figure["arabic"] == "100" else (Comparator.GTE, True)
    is_result = _REACHED.search(before) or (not before.strip() and _REACHED.search(after))
    return (Comparator.GTE, True) if is_result else (Comparator.EQ, False)


def _quantity(figure: re.Match[str], comparator: Comparator, inferred: bool) -> Quantity:
    is_share = figure["percent"] or figure["tenths"]
    unit = "%" if is_share else figure["unit"] or _unknown_unit(figure)
    return Quantity(
        start=figure.start(),
        end=figure.end() + (0 if figure["unit"] or is_share else len(unit or "")),
        value=_printed(figure),
        value_max=_value(figure["high"], figure["scale"]) if figure["high"] else None,
        unit=unit,
        comparator=comparator,
        inferred=inferred,
    )


def _printed(figure: re.Match[str]) -> Decimal:
    if figure["tenths"]:
        return plain_value(figure["tenths"]) * 10
    return _value(figure["low"] or figure["arabic"] or figure["percent"] or figure["chinese"], figure["scale"])


def _value(numeral: str, scale: str | None) -> Decimal:
    value = plain_value(numeral) * _SCALES.get(scale or "", 1)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _unknown_unit(figure: re.Match[str]) -> str | None:
    """One to three letters between a figure and the end of its clause are a unit that we do not know (`500兆`)."""
    rest = figure.string[figure.end() :] if len(figure.string) - figure.end() <= 3 else ""
    return rest if rest.isalpha() and not figure["bound"] else None
