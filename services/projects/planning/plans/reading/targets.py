"""Targets: reads the numeric targets (量化指标) of an item, with the year they fall due and how often they return."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice

from contracts.projects.planning.plans import Comparator, TargetFrequency
from services.projects.planning.plans.reading.model import Target
from services.projects.planning.plans.reading.phrases import match_all, metric_of, scope_of
from services.projects.planning.plans.reading.quantities import Quantity, quantities_in
from services.projects.planning.plans.reading.source import halfwidth

MAX_TARGETS = 50
"""Targets that are read from one item."""
MAX_QUOTE = 160
"""Characters of a quote; from a longer clause those around the figure are quoted."""

_QUOTED = re.compile(r"“[^“”]{0,100}”|《[^《》]{0,200}》|「[^「」]{0,100}」|\"[^\"]{0,100}\"")
_GOAL_BEFORE = re.compile(r"(?:实现|达到|完成|确保|力争)[^,。;“”]{0,6}$")
_GOAL_BEHIND = re.compile(r"(?:的)?[^,。;]{0,12}(?:目标|指标|任务)")
_COUNTS = re.compile(r"\d+(?:\.\d+)?[万亿]?(?:[%名人个所家项门场次对支]|以上)")
_UNREAD = re.compile(r"[^,。;]{0,20}(?:[一二两三四五六七八九十]分之[一二两三四五六七八九十]|\d ?[:∶] ?\d)[^,。;]{0,20}")
_EACH_ITS_OWN = re.compile(r"[^,。;]{0,20}分别[^,。;\d]{0,12}\d[^,。;]{0,12}[和、及与]\d[^,。;]{0,20}")
MAX_UNREAD = 20
_PAUSE = re.compile(r"[,;:。!?()]")
_FULL_STOPS = ("。", "!", "?")
_WITHIN_FIGURE = re.compile(r"\d(?:,\d{3}(?!\d)|[:∶]\d)")
_DUE = re.compile(r"(?<!\d)(20\d{2}) ?年(?!以来|来|至|到|[-—~])")
_EVERY = re.compile(r"年均|每(?P<count>[两二三五2358]?)个?(?P<period>学年|学期|年|季度|月|半年)")
_FREQUENCIES = {
    "年": TargetFrequency.ANNUAL,
    "学年": TargetFrequency.ANNUAL,
    "学期": TargetFrequency.EACH_TERM,
    "季度": TargetFrequency.QUARTERLY,
    "月": TargetFrequency.MONTHLY,
    "半年": TargetFrequency.HALF_YEARLY,
    "2年": TargetFrequency.EVERY_2_YEARS,
    "3年": TargetFrequency.EVERY_3_YEARS,
    "5年": TargetFrequency.EVERY_5_YEARS,
}
_DIGITS = str.maketrans("两二三五", "2235")
_FULL = re.compile(r"(?:全|100%)覆盖$")
_FULLY = re.compile(r"实现|达到|完成|所有|全部")


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause's place in the text, and what its sentence has said so far."""

    start: int
    end: int
    sentence: int
    due_year: int | None
    frequency: TargetFrequency | None


def targets_of(text: str) -> tuple[Target, ...]:
    """The targets of an item's text, in its order.

    A year (`到2027年`) holds for the rest of its sentence, a frequency (`每年`) up to the next semicolon. Words in
    quotation marks and titles of documents are names and never figures.
    """
    plain = _without_names(text)
    found = (target for clause in _clauses(plain) for target in _targets_in(clause, text, plain))
    return tuple(islice(found, MAX_TARGETS))


def unread_figures(text: str) -> tuple[str, ...]:
    """The words around figures that are no target by these rules: fractions, ratios, and figures that share `分别`."""
    plain = _without_names(text)
    found = chain(_UNREAD.finditer(plain), _EACH_ITS_OWN.finditer(plain))
    return tuple(text[slice(*words.span())] for words in islice(found, MAX_UNREAD))


def states_year(text: str) -> bool:
    """Whether the text names a year by which something is to be."""
    return _DUE.search(_without_names(text)) is not None


def _without_names(text: str) -> str:
    plain = halfwidth(text)
    return _QUOTED.sub(lambda quoted: _hidden(plain, quoted), plain)


def _hidden(plain: str, quoted: re.Match[str]) -> str:
    """A name in quotation marks without its letters; a goal that stands in them (`实现“…达到2000名”的目标`) stays."""
    words = quoted[0][1:-1]
    is_goal = quoted[0][0] != "《" and _COUNTS.search(words)
    behind, before = plain[quoted.end() : quoted.end() + 20], plain[max(0, quoted.start() - 12) : quoted.start()]
    if is_goal and (_GOAL_BEHIND.match(behind) or _GOAL_BEFORE.search(before)):
        return f",{words},"
    return "□" * len(quoted[0])


def _clauses(plain: str) -> Iterator[_Clause]:
    """The clauses between pauses; a pause inside brackets or inside a number is none."""
    start = sentence = depth = 0
    due_year: int | None = None
    frequency: TargetFrequency | None = None
    for pause in chain((match.start() for match in _PAUSE.finditer(plain)), [len(plain)]):
        char = plain[pause : pause + 1]
        depth = max(0, depth + (char == "(") - (char == ")"))
        if char in ("(", ")") or (depth and char not in (*_FULL_STOPS, "")) or _inside_number(plain, pause):
            continue
        due_year = _due_year(plain, start, pause) or due_year
        frequency = _frequency(plain, start, pause) or frequency
        yield _Clause(start, pause, sentence, due_year, frequency)
        start = pause + 1
        if char in _FULL_STOPS:
            depth, due_year = 0, None
        if char in (*_FULL_STOPS, ";"):
            sentence, frequency = start, None


def _inside_number(plain: str, pause: int) -> bool:
    return _WITHIN_FIGURE.match(plain, pause - 1) is not None if pause else False


def _due_year(plain: str, start: int, end: int) -> int | None:
    years = [int(year[1]) for year in _DUE.finditer(plain, start, end)]
    return years[-1] if years else None


def _frequency(plain: str, start: int, end: int) -> TargetFrequency | None:
    every = _EVERY.search(plain, start, end)
    if every is None:
        return None
    period = (every["count"] or "").translate(_DIGITS) + (every["period"] or "年")
    return _FREQUENCIES.get(period)


def _targets_in(clause: _Clause, text: str, plain: str) -> Iterator[Target]:
    words = plain[clause.start : clause.end]
    position = 0
    for quantity in quantities_in(words):
        yield _target(clause, text, plain, quantity, position)
        position = quantity.end
    if position == 0 and (whole := _whole(words, clause)):
        yield _target(clause, text, plain, whole, position)


def _whole(words: str, clause: _Clause) -> Quantity | None:
    """全覆盖, or all of something by a year: 100 %."""
    full = _FULL.search(words)
    if full and (clause.due_year or _FULLY.search(words[-MAX_QUOTE:])):
        return _all_of(full.start(), full.end())
    every = match_all(words) if clause.due_year else None
    return _all_of(0, every) if every else None


def _all_of(start: int, end: int) -> Quantity:
    return Quantity(start, end, Decimal(100), None, "%", Comparator.EQ, inferred=False)


def _target(clause: _Clause, text: str, plain: str, quantity: Quantity, position: int) -> Target:
    figure = clause.start + quantity.start
    start = max(clause.start, figure - MAX_QUOTE // 2)
    end = min(clause.end, figure + MAX_QUOTE // 2)
    before = text[max(start, clause.start + position) : figure]
    return Target(
        metric=metric_of(before, text[clause.start + quantity.end : end], quantity.unit),
        comparator=quantity.comparator,
        comparator_inferred=quantity.inferred,
        value=quantity.value,
        value_max=quantity.value_max,
        unit=quantity.unit,
        due_year=_due_year(plain, clause.start, figure) or clause.due_year,
        frequency=clause.frequency,
        scope=scope_of(plain[start:end], plain[clause.sentence : clause.sentence + MAX_QUOTE]),
        quote=text[start:end].strip(),
    )
