"""Items: reads units, targets and kind of every paragraph in the outline, and says what is doubtful about each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from contracts.projects.planning.plans import WorkItemKind
from services.projects.planning.plans.reading.assignments import Assignment, assignment_of, told_apart
from services.projects.planning.plans.reading.clauses import Clauses, take_clauses
from services.projects.planning.plans.reading.deadlines import MAX_DEADLINES, deadlines_in
from services.projects.planning.plans.reading.doubts import Doubt, DoubtCode, fragment
from services.projects.planning.plans.reading.kinds import kind_of
from services.projects.planning.plans.reading.marks import Rank
from services.projects.planning.plans.reading.model import Item, Section
from services.projects.planning.plans.reading.outline import Entry, Outline
from services.projects.planning.plans.reading.persons import without_persons
from services.projects.planning.plans.reading.source import ends_sentence
from services.projects.planning.plans.reading.targets import states_year, targets_of, unread_figures

_WORK = (WorkItemKind.WORK_POINT, WorkItemKind.IMPLEMENTATION, WorkItemKind.KEY_PROJECT, WorkItemKind.PLATFORM_ITEM)


MANY_JOINS = 10
"""Lines that were joined, from which on the text as a whole is broken into lines."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry whose text has been read, and who does it; `left_out` are labels of persons."""

    entry: Entry
    text: str
    clauses: Clauses | None
    assignment: Assignment
    left_out: tuple[str, ...]
    for_whole: bool = False


def items_of(outline: Outline, year: int | None) -> tuple[tuple[Item, ...], list[Doubt]]:
    """The items of an outline in its order, and the doubts about them; `year` is that of the document."""
    drafts = _lifted([_draft(entry, year) for entry in outline.entries])
    known = frozenset(unit.name for draft in drafts for unit in draft.assignment.units)
    drafts = [replace(draft, assignment=told_apart(draft.assignment, known)) for draft in drafts]
    headings = _headings(outline.sections)
    divided = _divided(outline)
    items = [_item(draft, headings, divided, year) for draft in drafts]
    parents = {item.parent for item in items}
    doubts = [doubt for draft, item in zip(drafts, items, strict=True) for doubt in _doubts(draft, item, parents)]
    return tuple(items), _joins_together(doubts) + list(_without_units(items))


def _joins_together(doubts: list[Doubt]) -> list[Doubt]:
    """One doubt in place of one a line, where the whole text is broken into lines as a page prints it."""
    joins = [doubt for doubt in doubts if doubt.code is DoubtCode.PARAGRAPH_JOINED]
    if len(joins) < MANY_JOINS:
        return doubts
    whole = Doubt(DoubtCode.LINES_JOINED, None, joins[0].line, str(len(joins)))
    return [whole, *(doubt for doubt in doubts if doubt.code is not DoubtCode.PARAGRAPH_JOINED)]


def _draft(entry: Entry, year: int | None) -> _Draft:
    mark = entry.paragraph.mark
    cut = mark.length if mark and mark.outer else 0
    whole, left_out = without_persons(entry.paragraph.text)
    text, clauses = take_clauses(whole)
    return _Draft(entry, text[cut:] or whole[cut:], clauses, assignment_of(clauses, year), left_out)


def _lifted(drafts: Sequence[_Draft]) -> list[_Draft]:
    """What stands on lines of its own below the last part of an item holds for the whole item, if no other part has any."""
    lifted = list(drafts)
    places = {draft.entry.key: place for place, draft in enumerate(drafts)}
    parts: dict[str, list[int]] = {}
    for place, draft in enumerate(drafts):
        if draft.entry.parent in places:
            parts.setdefault(draft.entry.parent or "", []).append(place)
    for key, below in parts.items():
        above, last = places[key], below[-1]
        others = [drafts[place].clauses for place in (above, *below[:-1])]
        if len(below) > 1 and drafts[last].entry.paragraph.labelled and not any(others):
            whole = drafts[last]
            lifted[above] = replace(drafts[above], clauses=whole.clauses, assignment=whole.assignment, for_whole=True)
            lifted[last] = replace(whole, clauses=None, assignment=Assignment())
    return lifted


def _headings(sections: Sequence[Section]) -> dict[str, tuple[str, ...]]:
    """For each section the headings from its own outwards."""
    headings: dict[str, tuple[str, ...]] = {}
    for section in sections:
        headings[section.key] = (section.title, *headings.get(section.parent or "", ()))
    return headings


def _divided(outline: Outline) -> set[str | None]:
    """The sections whose text is cut up by headings or marks, and the space before the first section."""
    marked = {entry.section for entry in outline.entries if not entry.leads}
    return marked | {section.parent for section in outline.sections} | {None}


def _item(draft: _Draft, headings: Mapping[str, tuple[str, ...]], divided: set[str | None], year: int | None) -> Item:
    entry, paragraph, mark = draft.entry, draft.entry.paragraph, draft.entry.paragraph.mark
    targets = targets_of(draft.text)
    above = headings.get(entry.section or "", ())
    if mark and mark.rank <= Rank.SUBHEADING and not entry.leads:
        above = (paragraph.text.partition("。")[0], *above)
    return Item(
        key=entry.key,
        kind=kind_of(
            above,
            is_part=entry.parent is not None,
            leads=entry.leads and not draft.assignment.units and entry.section in divided,
            dated=bool(targets) or states_year(draft.text),
        ),
        number=mark.printed if mark and mark.numbered else None,
        section=entry.section,
        parent=entry.parent,
        text=draft.text,
        responsible_raw=draft.clauses.raw if draft.clauses else None,
        units=draft.assignment.units,
        deadlines=(*draft.assignment.deadlines, *deadlines_in(draft.text, year))[:MAX_DEADLINES],
        targets=targets,
        lines=(paragraph.first, paragraph.last),
    )


def _doubts(draft: _Draft, item: Item, parents: set[str | None]) -> Iterator[Doubt]:
    for join in draft.entry.paragraph.joins:
        yield Doubt(DoubtCode.PARAGRAPH_JOINED, item.key, join.number, fragment(join.text))
    ended = draft.entry.paragraph.is_row or item.key in parents or ends_sentence(item.text)
    if item.kind is not WorkItemKind.ANNEX and not ended:
        yield Doubt(DoubtCode.SENTENCE_UNFINISHED, item.key, item.lines[1], "…" + item.text[-20:])
    for code, words in _words_in_doubt(draft, item):
        yield Doubt(code, item.key, item.lines[0], words)


def _words_in_doubt(draft: _Draft, item: Item) -> Iterator[tuple[DoubtCode, str]]:
    said = draft.assignment
    if draft.clauses and not draft.clauses.closed:
        yield DoubtCode.UNITS_NOT_CLOSED, fragment(draft.clauses.raw)
    if draft.for_whole:
        yield DoubtCode.UNITS_BELOW_PARTS, fragment(draft.clauses.raw if draft.clauses else "")
    if draft.left_out:
        yield DoubtCode.PERSONS_LEFT_OUT, fragment("、".join(draft.left_out))
    words = {
        DoubtCode.UNITS_WITHOUT_SEPARATOR: said.unparted,
        DoubtCode.CONTRACTED_UNITS: said.contracted,
        DoubtCode.ROLE_UNCLEAR: said.mixed,
        DoubtCode.CLAUSE_NOT_READ: said.unread,
        DoubtCode.FIGURE_NOT_READ: unread_figures(draft.text),
        DoubtCode.DEADLINE_NOT_READ: [due.words for due in item.deadlines if not due.understood],
    }
    yield from ((code, fragment(each)) for code, those in words.items() for each in those)
    for target in item.targets:
        if target.comparator_inferred:
            yield DoubtCode.COMPARATOR_INFERRED, fragment(target.quote)


def _without_units(items: Sequence[Item]) -> Iterator[Doubt]:
    """Work without a responsible unit, of its own or of a part; or that the document lists no units at all."""
    served = {key for item in items if item.units for key in (item.key, item.parent)}
    if not served:
        yield Doubt(DoubtCode.NO_UNITS_IN_DOCUMENT)
        return
    for item in items:
        if item.kind in _WORK and item.key not in served:
            yield Doubt(DoubtCode.NO_RESPONSIBLE_UNIT, item.key, item.lines[0], fragment(item.text))
