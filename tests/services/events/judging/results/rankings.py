"""Rankings for tests: rows as a result has them, made from scores; equal scores share a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from hypothesis import strategies as st

from contracts.base import Named
from services.events.judging.results.rows import Row
from services.events.judging.results.rules import Cut, Per, Rounding, Take, TiesAtCut

PROVINCES = ("310000", "320000", "330000", "340000")


def a_row(entry_id: str, place: int | None, score: str | None, province: str = "310000", school: str = "a") -> Row:
    points = None if score is None else Decimal(score)
    return Row(
        entry_id=entry_id,
        place=place,
        code=f"C{entry_id}",
        score=points,
        raw=points,
        adjusted=points,
        tie="",
        remark="" if place else "disqualified",
        organization=Named(id=school, zh=f"{school}学校", en=f"School {school}"),
        province=province,
        contestant=f"选手{entry_id}",
    )


def ranked(entries: Iterable[tuple[str, str | None, str, str]]) -> list[Row]:
    """(entry, score, province, school) in the order of their scores; without a score without a place, last."""
    given = list(entries)
    scores = [Decimal(score) for _, score, _, _ in given if score is not None]
    key = [(score is None, -Decimal(score or 0)) for _, score, _, _ in given]
    in_order = [each for _, each in sorted(zip(key, given, strict=True), key=lambda pair: pair[0])]
    return [
        a_row(
            entry,
            None if score is None else 1 + sum(other > Decimal(score) for other in scores),
            score,
            province,
            school,
        )
        for entry, score, province, school in in_order
    ]


def scored(*scores: str) -> list[Row]:
    """Entries 1, 2, 3 … of one school with these scores."""
    return ranked((str(number), score, "310000", "a") for number, score in enumerate(scores, 1))


def a_cut(take: Take = Take.COUNT, value: str = "2", **facts: object) -> Cut:
    known = {"per": Per.TRACK, "rounding": Rounding.DOWN, "at_least": 0, "ties": TiesAtCut.ALL, **facts}
    return Cut(take=take, value=Decimal(value), **known)  # type: ignore[arg-type]


rankings = st.lists(
    st.tuples(st.integers(0, 20).map(str) | st.none(), st.sampled_from(PROVINCES), st.sampled_from("abcdef")),
    max_size=25,
).map(lambda rows: ranked((str(number), *row) for number, row in enumerate(rows)))

cuts = st.builds(
    Cut,
    take=st.sampled_from(Take),
    value=st.decimals(0, 100, places=1),
    per=st.sampled_from(Per),
    rounding=st.sampled_from(Rounding),
    at_least=st.integers(0, 2),
    ties=st.sampled_from(TiesAtCut),
)


def places(rows: Sequence[Row]) -> list[tuple[str, int | None]]:
    return [(row.entry_id, row.place) for row in rows]
