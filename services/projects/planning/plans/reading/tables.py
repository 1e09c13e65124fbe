"""Tables: rows of a task list (任务分解表) written out as the sentences that a list would print, each in its line's place."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import takewhile

from services.projects.planning.plans.reading.doubts import Doubt, DoubtCode, fragment
from services.projects.planning.plans.reading.labels import Said, label_of
from services.projects.planning.plans.reading.marks import Rank, read_mark
from services.projects.planning.plans.reading.source import Line, halfwidth

MAX_HEADING = 16
"""Characters of a column's heading."""
MAX_COLUMNS = 20

_CELLS = re.compile(r"\t|\||｜")
_SPACE = re.compile(r"\s+")
_RULE = re.compile("[-:=]{2,}")
_NOTHING = ("/", "—", "-", "——", "无")
_ROW_NUMBER = re.compile(r"\d{1,4}[.、]?")
_EDGES = " 　;；。"


class _Holds(Enum):
    NUMBER = auto()
    TASK = auto()
    GOAL = auto()
    CLAUSE = auto()


_HEADINGS: tuple[tuple[_Holds, re.Pattern[str]], ...] = (
    (_Holds.NUMBER, re.compile("序号|编号|序")),
    (
        _Holds.CLAUSE,
        re.compile(".{0,8}(?:单位|部门|处室|科室|责任主体|牵头|配合|时限|时间|期限|节点|责任人|负责人|领导|电话)"),
    ),
    (_Holds.TASK, re.compile(r".{0,8}(?:任务|事项|内容|举措|措施|工作|项目)(?:\(.{1,6}\)|名称|要点)?")),
    (_Holds.GOAL, re.compile(".{0,8}(?:目标|标准|成果|要求|指标)")),
)


@dataclass(frozen=True, slots=True)
class _Column:
    heading: str
    holds: _Holds | None


def without_tables(lines: Sequence[Line]) -> tuple[list[Line], list[Doubt]]:
    """The lines with every row of a table as one line `number. task. goal(label: cell; …)`; and rows that stay unclear."""
    written: list[Line] = []
    doubts: list[Doubt] = []
    place = 0
    while place < len(lines):
        columns, body = _head(lines, place)
        if not columns:
            written.append(lines[place])
            place += 1
            continue
        rows = _cells_in_rows(lines, body) if _is_parted(lines[place]) else _cells_in_lines(lines, body, len(columns))
        for counted, (taken, line, cells) in enumerate(rows, start=1):
            body += taken
            if cells is None:
                written.append(line)
            elif not cells:
                continue
            elif text := _sentence(columns, cells, counted):
                written.append(Line(line.number, text, is_row=True))
                doubts += [_unclear(line, cells)] if len(cells) > len(columns) else []
            else:
                doubts.append(_unclear(line, cells))
        place = body
    return written, doubts


_Row = tuple[int, Line, list[str] | None]
"""How many lines it takes, the first of them, and its cells; None for a heading between the rows."""


def _head(lines: Sequence[Line], place: int) -> tuple[list[_Column], int]:
    """The columns whose headings begin here, and where the rows begin; no columns where there is no table."""
    if _is_parted(lines[place]):
        columns = [_column(cell) for cell in _cells(lines[place])]
        body = place + 1
    elif halfwidth(lines[place].text) in ("序号", "编号"):
        ahead = (_column(line.text) for line in lines[place : place + MAX_COLUMNS])
        columns = _headings(ahead)
        body = place + len(columns)
    else:
        return [], place
    held = {column.holds for column in columns}
    is_table = len(columns) <= MAX_COLUMNS and _Holds.TASK in held and len(held & {*_Holds}) >= 2
    return (columns, body) if is_table else ([], place)


def _headings(columns: Iterator[_Column]) -> list[_Column]:
    """The columns up to the first that is no heading, or comes a second time."""
    found: list[_Column] = []
    for column in columns:
        if not column.holds or column in found:
            break
        found.append(column)
    return found


def _column(cell: str) -> _Column:
    heading = halfwidth(_SPACE.sub("", cell))
    if len(heading) > MAX_HEADING:
        return _Column(heading, None)
    return _Column(heading, next((holds for holds, words in _HEADINGS if words.fullmatch(heading)), None))


def _is_parted(line: Line) -> bool:
    return sum(1 for cell in _cells(line) if cell) >= 2


def _cells(line: Line) -> list[str]:
    cells = (cell.strip() for cell in _CELLS.split(line.text))
    return ["" if cell in _NOTHING else cell for cell in cells]


def _cells_in_rows(lines: Sequence[Line], place: int) -> Iterator[_Row]:
    """A row a line, its cells parted by tabs or bars; a line with one cell is a heading, any other ends the table.

    The headings come again on each page, and a rule may part them from the rows: those have no cells.
    """
    head = _cells(lines[place - 1])
    for line in lines[place:]:
        cells = _cells(line)
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and (len(cells) > 1 or _is_heading(line)):
            yield 1, Line(line.number, filled[0]), None
        elif len(filled) < 2:
            return
        elif cells == head or all(_RULE.fullmatch(cell) for cell in filled):
            yield 1, line, []
        else:
            yield 1, line, cells


def _cells_in_lines(lines: Sequence[Line], place: int, columns: int) -> Iterator[_Row]:
    """A cell a line: a row begins with its number and has as many cells as there are columns."""
    while place < len(lines):
        if _ROW_NUMBER.fullmatch(halfwidth(lines[place].text)):
            below = lines[place + 1 : place + columns]
            cells = list(takewhile(lambda line: not _ends_row(line), below))
            if not cells:
                return
            yield 1 + len(cells), lines[place], [lines[place].text, *(cell.text for cell in cells)]
            place += 1 + len(cells)
        elif _is_heading(lines[place]):
            yield 1, lines[place], None
            place += 1
        else:
            return


def _ends_row(line: Line) -> bool:
    return _ROW_NUMBER.fullmatch(halfwidth(line.text)) is not None or _is_heading(line)


def _is_heading(line: Line) -> bool:
    mark = read_mark(line.text)
    return mark is not None and mark.rank in (Rank.CHAPTER, Rank.PART, Rank.HEADING, Rank.SUBHEADING)


def _sentence(columns: Sequence[_Column], cells: Sequence[str], counted: int) -> str | None:
    """The row as a list would print it; None where its task is not there."""
    held = _held(columns, cells)
    tasks = held.get(_Holds.TASK, [])
    if not tasks:
        return None
    number = held.get(_Holds.NUMBER, [str(counted)])[0].rstrip(".、．")
    said = "。".join([*(task.rstrip("。") for task in tasks), *held.get(_Holds.GOAL, [])])
    ending = "。" if tasks[-1].endswith("。") and not said.endswith("。") else ""
    clauses = "；".join(_clauses(columns, cells))
    return f"{number}. {said}{ending}" + (f"（{clauses}）" if clauses else "")


def _held(columns: Sequence[_Column], cells: Sequence[str]) -> Mapping[_Holds, list[str]]:
    held: dict[_Holds, list[str]] = {}
    for column, cell in zip(columns, cells, strict=False):
        if cell and column.holds:
            held.setdefault(column.holds, []).append(cell)
    return held


def _clauses(columns: Sequence[_Column], cells: Sequence[str]) -> Iterator[str]:
    for column, cell in zip(columns, cells, strict=False):
        if cell and column.holds in (_Holds.CLAUSE, None):
            yield f"{_label(column.heading)}：{cell.strip(_EDGES)}"


def _label(heading: str) -> str:
    """The heading, in words that announce what its column holds."""
    if label_of(heading).says is not Said.OTHER:
        return heading
    return "责任单位" if heading.endswith(("单位", "部门", "处室", "科室", "主体")) else heading or "备注"


def _unclear(line: Line, cells: Sequence[str]) -> Doubt:
    return Doubt(DoubtCode.ROW_UNCLEAR, None, line.number, fragment(" ".join(filter(None, cells))))
