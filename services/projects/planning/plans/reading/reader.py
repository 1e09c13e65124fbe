"""The reader: from the plain text of a document to its reading, in time that grows with the text and no faster."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from contracts.projects.planning.plans_forms import MAX_TEXT
from services.projects.planning.plans.reading.clauses import opens_clauses
from services.projects.planning.plans.reading.doubts import Doubt, DoubtCode
from services.projects.planning.plans.reading.front import Front, read_front
from services.projects.planning.plans.reading.items import items_of
from services.projects.planning.plans.reading.marks import Rank, read_mark
from services.projects.planning.plans.reading.model import Item, Reading
from services.projects.planning.plans.reading.outline import Outline, outline_of
from services.projects.planning.plans.reading.paragraphs import Paragraph, paragraphs_of
from services.projects.planning.plans.reading.source import Line, ends_page, halfwidth, is_bare, is_furniture, lines_of
from services.projects.planning.plans.reading.tables import without_tables

MAX_PARAGRAPHS = 3_000
"""Paragraphs that are read; the longest plan we know has 60."""
MAX_DOUBTS = 1_000
MIN_NUMBERED = 3
"""Numbered headings and items without which a text is no plan."""

_NAMES_ITSELF = re.compile(
    r"(?:制[定订]|形成|编制)了?(?:此|本|该|以下|如下)[^,，。]{0,12}(?:计划|方案|要点|规划|意见|纲要)"
)
_HOLDS_FROM = re.compile(r"(?:从|自)?(20\d{2}) ?年(?:起|开始)")
_NOT_COUNTED = (Rank.ANNEX, Rank.ONE_IS)


def read_plan(text: str) -> Reading:
    """The reading of a plan document given as plain text; any text is answered, none raises.

    A text that is no plan, or that is longer than MAX_TEXT characters or MAX_PARAGRAPHS paragraphs, gives a reading
    with `is_plan` false, no items, and doubts that say why.
    """
    lines, unclear = without_tables(lines_of(text))
    front = read_front(lines)
    paragraphs = tuple(islice(paragraphs_of(_body(lines, front)), MAX_PARAGRAPHS + 1))
    if size := _too_long(text, paragraphs):
        return _refused(front, [Doubt(DoubtCode.TEXT_TOO_LONG, fragment=size)])
    outline = outline_of(paragraphs)
    items, doubts = items_of(outline, front.year or _first_year(paragraphs))
    if reasons := list(_reasons_against(front, paragraphs, outline, items)):
        return _refused(front, reasons)
    title = [] if front.title else [Doubt(DoubtCode.TITLE_MISSING)]
    ordered = sorted([*title, *unclear, *outline.doubts, *doubts], key=lambda doubt: doubt.line or 0)
    return _reading(front, is_plan=True, outline=outline, items=items, doubts=ordered[:MAX_DOUBTS])


def _first_year(paragraphs: Sequence[Paragraph]) -> int | None:
    """The year from which on the text says that it holds (`2012年起5年内`), for a title that names none."""
    found = (_HOLDS_FROM.search(halfwidth(part.text)) for part in paragraphs)
    return next((int(year[1]) for year in found if year), None)


def _body(lines: Sequence[Line], front: Front) -> list[Line]:
    """The lines of the text itself: below the title, above the foot of the page, without furniture and signature."""
    page = takewhile(lambda line: not ends_page(line), lines[front.start :])
    body = [line for line in page if not is_furniture(line) and line.text != front.issuer]
    while body and _is_foot(body[-1]):
        body.pop()
    return body


def _is_foot(line: Line) -> bool:
    return is_bare(line.text) and read_mark(line.text) is None and not opens_clauses(line.text)


def _too_long(text: str, paragraphs: Sequence[Paragraph]) -> str | None:
    if len(text) > MAX_TEXT:
        return f"{len(text)} > {MAX_TEXT}"
    return f"> {MAX_PARAGRAPHS}" if len(paragraphs) > MAX_PARAGRAPHS else None


def _reasons_against(
    front: Front, paragraphs: Sequence[Paragraph], outline: Outline, items: Sequence[Item]
) -> Iterator[Doubt]:
    """Why the text is no plan: it numbers too little (`一是…二是…` is prose), or nothing in it speaks of a plan."""
    numbered = (entry.paragraph.mark for entry in outline.entries)
    counted = sum(1 for mark in numbered if mark and mark.numbered and mark.rank not in _NOT_COUNTED)
    listed_in_rows = any(part.is_row for part in paragraphs)
    if not items or (counted + len(outline.sections) < MIN_NUMBERED and not listed_in_rows):
        yield Doubt(DoubtCode.NO_ITEMS)
    listed = any(item.units for item in items)
    if not front.title and not listed and not any(_NAMES_ITSELF.search(part.text) for part in paragraphs):
        yield Doubt(DoubtCode.NO_PLAN_WORDING)


def _refused(front: Front, reasons: list[Doubt]) -> Reading:
    return _reading(front, is_plan=False, outline=Outline(), items=(), doubts=[Doubt(DoubtCode.NOT_A_PLAN), *reasons])


def _reading(
    front: Front, *, is_plan: bool, outline: Outline, items: tuple[Item, ...], doubts: Sequence[Doubt]
) -> Reading:
    return Reading(
        is_plan=is_plan,
        title=front.title,
        issuer=front.issuer,
        year=front.year,
        document_number=front.document_number,
        sections=tuple(outline.sections),
        items=items,
        doubts=tuple(doubts),
    )
