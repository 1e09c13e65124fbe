"""Plan reading: turns the text of an official plan (规划、要点、方案) into a reading with its doubts, without I/O."""

from services.projects.planning.plans.reading.deadlines import Deadline
from services.projects.planning.plans.reading.doubts import Doubt, DoubtCode, describe
from services.projects.planning.plans.reading.model import Item, Reading, Section, Target, Unit
from services.projects.planning.plans.reading.reader import MAX_DOUBTS, MAX_PARAGRAPHS, read_plan

__all__ = [
    "MAX_DOUBTS",
    "MAX_PARAGRAPHS",
    "Deadline",
    "Doubt",
    "DoubtCode",
    "Item",
    "Reading",
    "Section",
    "Target",
    "Unit",
    "describe",
    "read_plan",
]
