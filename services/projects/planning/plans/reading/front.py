"""The front: finds where a document begins, and its title, issuer, year and document number."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from services.projects.planning.plans.reading.marks import Mark, read_mark
from services.projects.planning.plans.reading.source import BARE_LENGTH, Line, ends_sentence, halfwidth, is_date

MAX_TITLE = 100

_GENRE = re.compile(
    r"(?:要点|计划|方案|规划|纲要|意见|安排|清单|举措|(?:任务|项目|分工|分解|责任|进度|一览)\)?表)(?: ?\([^()]{2,20}\))?$"
)
_SENTENCE = re.compile(r"[。;!?]")
_HALF_TITLE = re.compile(r"\(?\d{4}|[一二三四五]年|(?:实施|工作|行动)")
_SUBTITLE = re.compile(r"\([^()]{2,20}\)")
_YEAR = re.compile(r"(?<!\d)(20\d{2}) ?(?=年|[-—―–~至])")
_NUMBER = re.compile(r"[一-鿿]{1,12} ?[〔\[(【] ?(?P<year>20\d{2}|19\d{2}) ?[〕\])】] ?(?:第 ?)?\d{1,5} ?号")
_ISSUED = re.compile(r"(?P<issuer>[^\d〔〕,。]{3,40}?)关于(?:印发|发布|下发)")
_ISSUED_TITLE = re.compile(r"关于(?:印发|发布|下发)[《〈](?P<title>[^《》〈〉]{4,100})[》〉]")
_BODY = (
    r"(?:教育[厅局部]|[厅局]|委员会|人民政府(?:办公[厅室])?|政府(?:办公[厅室])|教育工委|领导小组(?:办公室)?|(?:总)?秘书处"
    r"|联盟|理事会|集团|大学|学院|研究院|办公[厅室])"
)
_BODY_FIRST = re.compile(
    r"(?!关于|推[动进]|加强|深化|促进|支持|建设|完善|实施)"
    rf"(?P<body>[^\d《》]{{2,30}}?{_BODY}+) ?(?=\d{{4}}|年度|关于|推[动进]|贯彻|落实|实施|开展|加强|工作[要计])"
)
_BODY_ONLY = re.compile(rf"[^\d《》,。:]{{2,40}}{_BODY}")


@dataclass(frozen=True, slots=True)
class Front:
    """What stands before the text; `start` is the index of the text's first line."""

    start: int
    title: str | None
    issuer: str | None
    year: int | None
    document_number: str | None


def read_front(lines: Sequence[Line]) -> Front:
    """The front of a document whose lines are given, furniture included."""
    marks = [read_mark(line.text) for line in lines]
    title_at = _title_index(lines, marks)
    start = _first_prose(lines, marks) if title_at is None else title_at + 1 + bool(_subtitle(lines, title_at))
    above = [halfwidth(line.text) for line in lines[:start]]
    title = _issued_title(above) if title_at is None else _whole_title(lines, title_at)
    number = next((match for text in above if not _SENTENCE.search(text) and (match := _NUMBER.search(text))), None)
    return Front(
        start=start,
        title=title,
        issuer=_issuer(lines, above, title),
        year=_year(title, number),
        document_number=number and number[0].replace(" ", ""),
    )


def _title_index(lines: Sequence[Line], marks: Sequence[Mark | None]) -> int | None:
    """The last line worded like a plan's title above the first numbering that begins below such a line.

    Where most numbers stand above, the line is a link at the foot of the page and no title.
    """
    found: int | None = None
    above, counted = 0, 0
    for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark is None and _is_title(line.text):
            found, above = index, counted
        elif mark is not None and mark.numbered:
            if found is not None and mark.ordinal == 1:
                below = sum(1 for other in marks[index:] if other is not None and other.numbered)
                return found if below >= above else None
            counted += 1
    return None


def _is_title(text: str) -> bool:
    plain = halfwidth(text)
    return len(text) <= MAX_TITLE and not _SENTENCE.search(plain) and _GENRE.search(plain) is not None


def _whole_title(lines: Sequence[Line], index: int) -> str:
    """The title, with its first half when it is broken in two; printed above once more in one piece, that one."""
    title = lines[index].text + _subtitle(lines, index)
    above = lines[index - 1].text if index else ""
    if _HALF_TITLE.match(halfwidth(title)) and above and len(above) <= MAX_TITLE and not ends_sentence(above):
        title = above + title
    letters = _letters(title)
    same = (line.text for line in lines[:index] if _letters(line.text) == letters)
    return next(same, title)


def _subtitle(lines: Sequence[Line], index: int) -> str:
    """The years or the like that stand in brackets on the line below the title."""
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    return below if _SUBTITLE.fullmatch(halfwidth(below)) else ""


def _letters(text: str) -> str:
    return "".join(halfwidth(text).split())


def _issued_title(above: Sequence[str]) -> str | None:
    return next((match["title"] for text in above if (match := _ISSUED_TITLE.search(text))), None)


def _first_prose(lines: Sequence[Line], marks: Sequence[Mark | None]) -> int:
    for index, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if (mark is not None and mark.numbered) or (len(line.text) > BARE_LENGTH and ends_sentence(line.text)):
            return index
    return len(lines)


def _issuer(lines: Sequence[Line], above: Sequence[str], title: str | None) -> str | None:
    """Who issued it: by the notice that carries it, by the signature above a date, or by the title's first words."""
    issued = next((match["issuer"] for text in above if (match := _ISSUED.match(text))), None)
    if issued:
        return issued
    signed = (line.text for line, below in pairwise(lines) if is_date(below))
    signature = next((text for text in signed if _BODY_ONLY.fullmatch(text)), None)
    named = _BODY_FIRST.match(title) if title else None
    return signature or (named["body"] if named else None)


def _year(title: str | None, number: re.Match[str] | None) -> int | None:
    printed = _YEAR.search(halfwidth(title)) if title else None
    if printed:
        return int(printed[1])
    return int(number["year"]) if number else None
