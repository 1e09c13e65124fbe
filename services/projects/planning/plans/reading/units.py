"""Units: parts a list of responsible units into names, with the misprints and contractions that lists come with."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.projects.planning.plans.reading.source import halfwidth

MAX_UNITS = 100
"""Units that are read from one list."""
MAX_NAME = 40
"""Characters of a name that are searched for two names run together."""

_OPENING, _CLOSING, _SEPARATORS = "(〔[【“《", ")〕]】”》", "、,;"
_BODY = "厅局处院馆心所会委办部室校府团司学盟"
_AND = re.compile("(?<=[厅局处院馆办部室委会])(?:和|及|与|以及|/|／)(?=[^()（）]{2})")
_MARKS = "*＊★☆※ "
_INTERNAL = re.compile(r"各(?:有关|相关|直属|内设|所属)?(?:处|科|股|室|单位|部门|机构|院系|学院|系)")
_GENERIC = re.compile(r"(?:直属|所属|有关|相关|内设)?(?:单位|部门|处室|科室|机构|院系)")
_EACH_PLACE = re.compile(r"各(?:有关|相关|设区|地级)?[省市县区州]")
_OTHER_PLACE = re.compile(r"(?:省直管)?[市县区州]|街道")
_EACH_TOWN = re.compile(r"各(?:乡镇?|镇)[^、]{0,8}")
_PLACE = re.compile(r"[^()〔〕各]{2,4}")
_PLACE_WITH_BODY = re.compile(rf"[^()〔〕各]{{2,4}}?(?P<body>[市县区州旗盟][^()〔〕]{{0,12}}[{_BODY}])")


@dataclass(frozen=True, slots=True)
class PartedUnits:
    """The names in a unit list, each once; `unparted` and `contracted` are the printed words that were repaired."""

    names: tuple[str, ...]
    unparted: tuple[str, ...]
    contracted: tuple[str, ...]


def part_units(raw: str) -> PartedUnits:
    """The units of a list: parted outside brackets, before a new `各…`, with contractions written out."""
    pieces = _with_collectives(_pieces(raw))[:MAX_UNITS]
    parted = [_before_each(piece) for piece in pieces]
    unparted = tuple(piece for piece, parts in zip(pieces, parted, strict=True) if len(parts) > 1)
    names, contracted = _written_out([name for parts in parted for name in parts])
    return PartedUnits(tuple(dict.fromkeys(names)), unparted, contracted)


def run_together(name: str, known: frozenset[str]) -> tuple[str, str] | None:
    """The two units that a name runs together, when the document names both elsewhere."""
    cuts = range(2, min(len(name), MAX_NAME) - 1)
    return next(((name[:cut], name[cut:]) for cut in cuts if name[:cut] in known and name[cut:] in known), None)


def _pieces(raw: str) -> Iterator[str]:
    plain = halfwidth(raw)
    depth, start = 0, 0
    for place, char in enumerate(plain + "、"):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif place == len(plain) or (depth == 0 and _separates(plain, place)):
            if piece := raw[start:place].strip(" 。.\u3000"):
                yield from _joined_by_and(piece.removesuffix("等"))
            start = place + 1


def _joined_by_and(piece: str) -> Iterator[str]:
    """`教务处和人事处` are two units, `政务和数据局` is one: a name is complete before the word."""
    if piece.startswith("各"):
        yield piece
    else:
        yield from filter(None, (name.strip(_MARKS) for name in _AND.split(piece)))


def _separates(plain: str, place: int) -> bool:
    """A separator, or a space where a unit's name is complete."""
    return plain[place] in _SEPARATORS or (plain[place].isspace() and plain[place - 1] in _BODY)


def _with_collectives(pieces: Iterable[str]) -> list[str]:
    """`委厅各处室、单位` and `各市、县(区)政府` are one collective unit each: the second half continues the `各…`."""
    whole: list[str] = []
    for piece in pieces:
        if whole and _continues(whole[-1], piece):
            whole[-1] += "、" + piece
        else:
            whole.append(piece)
    return whole


def _continues(each: str, piece: str) -> bool:
    if _GENERIC.fullmatch(piece):
        return "各" in each
    named = _EACH_PLACE.fullmatch(each) or _EACH_TOWN.fullmatch(each)
    return named is not None and _OTHER_PLACE.match(piece) is not None


def _before_each(piece: str) -> list[str]:
    """`教科院各有关高校` is two units, `委厅各处室` is one: what follows 各 are parts of the unit before it."""
    place = piece.find("各", 1)
    if place < 2 or piece[place - 1] not in _BODY or _INTERNAL.match(piece, place) or "(" in halfwidth(piece[:place]):
        return [piece]
    return [piece[:place], piece[place:]]


def _written_out(names: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """`黄山、宣城市教育局` are two bureaus: places without a body take the body of the unit that follows them."""
    written: list[str] = []
    contracted: list[str] = []
    places: list[str] = []
    for name in names:
        body = _PLACE_WITH_BODY.fullmatch(name)
        if body is None and _PLACE.fullmatch(name) and name[-1] not in _BODY:
            places.append(name)
            continue
        if body and places:
            contracted.append("、".join([*places, name]))
            places = [place.removesuffix(body["body"][0]) + body["body"] for place in places]
        written += [*places, name]
        places = []
    return written + places, tuple(contracted)
