"""Items: reads units, targets and kind of every paragraph in the outline, and says what is doubtful about each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from contracts.projects.planning.plans import WorkItemKind
from services.projects.planning.plans.reading.doubts import Doubt, DoubtCode, fragment
from services.projects.planning.plans.reading.kinds import kind_of
from services.projects.planning.plans.reading.marks import Rank
from services.projects.planning.plans.reading.model import Item, Section
from services.projects.planning.plans.reading.outline import Entry, Outline
from services.projects.planning.plans.reading.source import ends_sentence
from services.projects.planning.plans.reading.targets import states_year, targets_of
from services.projects.planning.plans.reading.unit_lists import UnitList, take_unit_list
from services.projects.planning.plans.reading.units import PartedUnits, part_units, run_together

_WORK = (WorkItemKind.WORK_POINT, WorkItemKind.IMPLEMENTATION, WorkItemKind.KEY_PROJECT, WorkItemKind.PLATFORM_ITEM)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry whose text and units have been read."""

    entry: Entry
    text: str
    listed: UnitList | None
    units: PartedUnits


def items_of(outline: Outline) -> tuple[tuple[Item, ...], list[Doubt]]:
    """The items of an outline in its order, and the doubts about them."""
    drafts = [_draft(entry) for entry in outline.entries]
    known = frozenset(name for draft in drafts for name in draft.units.names)
    drafts = [replace(draft, units=_run_together(draft.units, known)) for draft in drafts]
    headings = _headings(outline.sections)
    divided = _divided(outline)
    items = [_item(draft, headings, divided) for draft in drafts]
    parents = {item.parent for item in items}
    doubts = [doubt for draft, item in zip(drafts, items, strict=True) for doubt in _doubts(draft, item, parents)]
    return tuple(items), doubts + list(_without_units(items))


def _draft(entry: Entry) -> _Draft:
    mark = entry.paragraph.mark
    cut = mark.length if mark and mark.outer else 0
    text, listed = take_unit_list(entry.paragraph.text)
    text = text[cut:] or entry.paragraph.text[cut:]
    return _Draft(entry, text, listed, part_units(listed.raw if listed else ""))


def _run_together(units: PartedUnits, known: frozenset[str]) -> PartedUnits:
    pairs = {name: pair for name in units.names if (pair := run_together(name, known))}
    if not pairs:
        return units
    names = (part for name in units.names for part in pairs.get(name, (name,)))
    return replace(units, names=tuple(dict.fromkeys(names)), unparted=(*units.unparted, *pairs))


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


def _item(draft: _Draft, headings: Mapping[str, tuple[str, ...]], divided: set[str | None]) -> Item:
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
            leads=entry.leads and not draft.units.names and entry.section in divided,
            dated=bool(targets) or states_year(draft.text),
        ),
        number=mark.printed if mark and mark.numbered else None,
        section=entry.section,
        parent=entry.parent,
        text=draft.text,
        responsible_raw=draft.listed.raw if draft.listed else None,
        responsible_units=draft.units.names,
        targets=targets,
        lines=(paragraph.first, paragraph.last),
    )


def _doubts(draft: _Draft, item: Item, parents: set[str | None]) -> Iterator[Doubt]:
    for join in draft.entry.paragraph.joins:
        yield Doubt(DoubtCode.PARAGRAPH_JOINED, item.key, join.number, fragment(join.text))
    if item.kind is not WorkItemKind.ANNEX and item.key not in parents and not ends_sentence(item.text):
        yield Doubt(DoubtCode.SENTENCE_UNFINISHED, item.key, item.lines[1], "…" + item.text[-20:])
    for code, words in _words_in_doubt(draft, item):
        yield Doubt(code, item.key, item.lines[0], words)


def _words_in_doubt(draft: _Draft, item: Item) -> Iterator[tuple[DoubtCode, str]]:
    if draft.listed and not draft.listed.closed:
        yield DoubtCode.UNITS_NOT_CLOSED, fragment(draft.listed.raw)
    for words in draft.units.unparted:
        yield DoubtCode.UNITS_WITHOUT_SEPARATOR, fragment(words)
    for words in draft.units.contracted:
        yield DoubtCode.CONTRACTED_UNITS, fragment(words)
    for target in item.targets:
        if target.comparator_inferred:
            yield DoubtCode.COMPARATOR_INFERRED, fragment(target.quote)


def _without_units(items: Sequence[Item]) -> Iterator[Doubt]:
    """Work without a responsible unit, of its own or of a part; or that the document lists no units at all."""
    served = {key for item in items if item.responsible_units for key in (item.key, item.parent)}
    if not served:
        yield Doubt(DoubtCode.NO_UNITS_IN_DOCUMENT)
        return
    for item in items:
        if item.kind in _WORK and item.key not in served:
            yield Doubt(DoubtCode.NO_RESPONSIBLE_UNIT, item.key, item.lines[0], fragment(item.text))
