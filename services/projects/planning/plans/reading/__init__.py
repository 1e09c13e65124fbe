"""Plan reading: turns the text of an official plan (规划、要点、方案) into a reading with its doubts, without I/O."""

from services.projects.planning.plans.reading.doubts import Doubt, DoubtCode, describe
from services.projects.planning.plans.reading.model import (
    Comparator,
    Item,
    Reading,
    Section,
    Target,
    TargetFrequency,
    WorkItemKind,
)
from services.projects.planning.plans.reading.reader import MAX_DOUBTS, MAX_PARAGRAPHS, read_plan
from services.projects.planning.plans.reading.source import MAX_TEXT

__all__ = [
    "MAX_DOUBTS",
    "MAX_PARAGRAPHS",
    "MAX_TEXT",
    "Comparator",
    "Doubt",
    "DoubtCode",
    "Item",
    "Reading",
    "Section",
    "Target",
    "TargetFrequency",
    "WorkItemKind",
    "describe",
    "read_plan",
]
