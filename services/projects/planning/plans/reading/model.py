"""The model of a reading: what a plan document says, as frozen values that nobody has saved yet."""

from dataclasses import dataclass
from decimal import Decimal

from contracts.projects.planning.plans import Comparator, TargetFrequency, UnitRole, WorkItemKind
from services.projects.planning.plans.reading.deadlines import Deadline
from services.projects.planning.plans.reading.doubts import Doubt


@dataclass(frozen=True, slots=True)
class Target:
    """A numeric target (量化指标) as one clause states it.

    `value` is in whole units (`3.5万人次` is 35000 `人次`); a share is in `%`, and 全覆盖 is 100 %. `value_max` is
    present with BETWEEN only. `comparator_inferred` says that the clause gives a bare figure and >= is our reading.
    `quote` is a verbatim piece of the item's text.
    """

    metric: str
    comparator: Comparator
    comparator_inferred: bool
    value: Decimal
    value_max: Decimal | None
    unit: str | None
    due_year: int | None
    frequency: TargetFrequency | None
    scope: str | None
    quote: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its printed mark; `level` counts from 1, `parent` is the key of the section around it."""

    key: str
    title: str
    level: int
    parent: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that has something to do with an item; `role` is None where the document names none (责任单位)."""

    name: str
    role: UnitRole | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One paragraph that says something to do, to reach or to know.

    `key` is the path of printed numbers (三、(八) 25 is `3.8.25`); a paragraph without a number is counted with a `p`
    (`3.8.25.p1`). `number` is the mark as printed. `text` has neither an outer number nor the clauses behind it, nor the
    names and numbers of persons;
    a mark that belongs to the sentence (`一是…`, `(一)加强领导。…`) stays. `lines` are the first and the last
    source line, from 1.
    """

    key: str
    kind: WorkItemKind
    number: str | None
    section: str | None
    parent: str | None
    text: str
    responsible_raw: str | None
    units: tuple[Unit, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    lines: tuple[int, int]

    @property
    def responsible_units(self) -> tuple[str, ...]:
        """The names of the units."""
        return tuple(unit.name for unit in self.units)


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as understood; when `is_plan` is false there are no sections and items, and `doubts` say why.

    `year` is the first year of the title, or else that of the document number. The front is None where the text does
    not print it. Sections and items stand in the order of the text, doubts by line.
    """

    is_plan: bool
    title: str | None
    issuer: str | None
    year: int | None
    document_number: str | None
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    doubts: tuple[Doubt, ...]
