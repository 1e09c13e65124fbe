"""Deadlines: by when something is to be done, in the words of a clause or in the running text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from contracts.projects.planning.plans import TargetFrequency
from services.projects.planning.plans.reading.numerals import plain_value
from services.projects.planning.plans.reading.source import halfwidth

MAX_DEADLINES = 20
"""Deadlines that are read from one item."""
MAX_WHAT = 60
"""Characters of what is due."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """By when something is due: `words` as printed.

    `due_on` is the last day, where the words and the document's year tell it; `rhythm` is how often it returns;
    `standing` says that it goes on without an end (长期坚持). With none of the three nobody knows what the words mean.
    `what` is due then, where the running text says it of a part of the item only.
    """

    words: str
    due_on: date | None = None
    rhythm: TargetFrequency | None = None
    standing: bool = False
    what: str | None = None

    @property
    def understood(self) -> bool:
        return bool(self.due_on or self.rhythm or self.standing)


_YEAR = r"(?:(?P<year>20\d{2}) ?年|(?P<this>今年|本年度?|当年))"
_MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]) ?月份?"
_DAY = r"(?:(?P<day>3[01]|[12]\d|0?[1-9]) ?[日号]|(?P<third>[上中下])旬|[底末])"
_PART = r"(?P<half>[上下])半年|第?(?P<quarter>[一二三四1-4])季度[末底]?|(?P<end>年?[底末]|全年|年内|年度内)"
_BEFORE = "(?:之前|以前|前|内)"
_WHEN = (
    rf"(?:(?:20\d{{2}} ?[-—―–~至] ?)?{_YEAR})?(?:{_MONTH}(?:{_DAY})?|{_PART})?"
    rf"(?P<by>[底末]?{_BEFORE})?"
)
_NUMBER = "[一二两三四五六七八九十]|[1-9]|10"
_WITHIN = rf"(?:(?P<start>20\d{{2}}) ?年(?:起|开始) ?)?(?:用 ?)?(?P<count>{_NUMBER}) ?年(?:内|之内|左右时间)"
_ENDS = r"(?:[全均]?[部面]?(?:完成|落实|到位|建成|实现|报送|取得|启动)[^,;。]{0,12})?"
_ALONE = re.compile(rf"(?:于|到|至|在)?(?:{_WHEN}|{_WITHIN}){_ENDS}")
_ALWAYS = re.compile("(?:并)?(?:长期|持续|常态化?|始终|贯穿全年|经常性?)(?:坚持|推进|实施|开展|落实|任务|抓好|工作)?")
_RETURNS = re.compile(r"每(?P<period>学年|学期|年|半年|季度|月)(?:度)?[^,;。]{0,30}|按(?P<by>季度|月)[^,;。]{0,12}")
_RHYTHMS = {
    "年": TargetFrequency.ANNUAL,
    "学年": TargetFrequency.ANNUAL,
    "学期": TargetFrequency.EACH_TERM,
    "半年": TargetFrequency.HALF_YEARLY,
    "季度": TargetFrequency.QUARTERLY,
    "月": TargetFrequency.MONTHLY,
}
_SEPARATOR = re.compile(r"[;,、]| 并 ?(?=长期)")
_BEGINS = r"(?=20\d{2} ?年|今年|本年|当年|(?:\d{1,2}|[一二三四五六七八九十]{1,2}) ?月|[上下]半年|第?[一二三四1-4]季度|年?[底末])"
_INSIDE = re.compile(
    rf"(?<![\d\-—―–~年月期度周])(?:于|在)?"
    rf"(?P<words>{_BEGINS}(?:{_YEAR})?(?:{_MONTH}(?:{_DAY})?|{_PART})? ?(?:[底末]?(?:之前|以前|前))"
    rf"|(?:(?<=[,;。:用争来后])|^){_WITHIN})(?P<what>[^,;。:、]{{0,{MAX_WHAT}}})"
)
_THIRDS = {"上": 10, "中": 20}


def deadlines_of(words: str, year: int | None) -> tuple[Deadline, ...]:
    """The deadlines of a clause, one for each of its parts; a part that nobody understands is kept in its words."""
    plain = halfwidth(words)
    cuts = [0, *(cut.end() for cut in _SEPARATOR.finditer(plain)), len(words) + 1]
    parts = (words[start : end - 1].strip(" ;；,，、。") for start, end in pairwise(cuts))
    return tuple(_deadline(part, year) for part in parts if part)[:MAX_DEADLINES]


def deadline_alone(words: str, year: int | None) -> Deadline | None:
    """The deadline, where the words say nothing else (`6月底完成`); None for any other words."""
    found = _deadline(words, year)
    return found if found.understood or _ALONE.fullmatch(halfwidth(words)) else None


def deadlines_in(text: str, year: int | None) -> Iterator[Deadline]:
    """The deadlines in running text (`2025年6月底前出台…`), each with what is due then."""
    for match in _INSIDE.finditer(halfwidth(text)):
        due_on = _last_day(match.groupdict(), year)
        is_past = due_on and year and due_on.year < year
        if (due_on or match["count"]) and not is_past:
            what = text[slice(*match.span("what"))].strip(" ,，")
            yield Deadline(text[slice(*match.span("words"))].strip(), due_on, what=what or None)


def _deadline(words: str, year: int | None) -> Deadline:
    plain = halfwidth(words).strip()
    if _ALWAYS.fullmatch(plain):
        return Deadline(words, standing=True)
    if returns := _RETURNS.fullmatch(plain):
        return Deadline(words, rhythm=_RHYTHMS[returns["period"] or returns["by"]])
    alone = _ALONE.fullmatch(plain)
    return Deadline(words, _last_day(alone.groupdict(), year) if alone else None)


def _last_day(said: dict[str, str | None], year: int | None) -> date | None:
    """The last day that is meant; None where the document's year is needed and unknown, or the month has no such day."""
    if count := said["count"]:
        start = int(said["start"]) if said["start"] else year
        return date(start + int(plain_value(count)) - 1, 12, 31) if start else None
    stated = int(said["year"]) if said["year"] else year
    if stated is None or not any(said[name] for name in ("year", "this", "month", "half", "quarter", "end")):
        return None
    month = _month(said)
    last = date(stated + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    day = int(said["day"] or _THIRDS.get(said["third"] or "", last.day))
    return last.replace(day=day) if day <= last.day else None


def _month(said: dict[str, str | None]) -> int:
    if said["month"]:
        return int(plain_value(said["month"]))
    if said["half"]:
        return 6 if said["half"] == "上" else 12
    return int(plain_value(said["quarter"])) * 3 if said["quarter"] else 12
