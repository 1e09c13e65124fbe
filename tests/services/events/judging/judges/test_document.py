"""The document of a draw: whoever has it finds every change that was made to it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.refusals import InvalidInput
from procedures.draws.draw import Line, Quotas, Secret, commitment
from services.events.judging.judges.document import Left, differences, document

SECRETS = {"organizer": Secret("梅花三弄", "a1" * 32), "supervisor": Secret("20260302", "b2" * 32)}
ROSTER = [Line(f"candidate-{n:02}", f"organization-{n}", ("310000", "340000")[n % 2]) for n in range(8)]


def a_document(*left: Left) -> dict[str, Any]:
    made = document(
        draw_id="draw",
        stage_id="stage",
        quotas=Quotas(seats=3, most_per_province=2, least_per_province={"310000": 1}),
        roster=ROSTER,
        commitments={party: commitment(secret) for party, secret in SECRETS.items()},
        secrets=SECRETS,
        left=left,
    )
    read: dict[str, Any] = json.loads(json.dumps(made))
    return read


def differing(stated: dict[str, Any]) -> set[str]:
    return {difference.field for difference in differences(stated)}


def test_what_is_published_comes_out_the_same() -> None:
    assert differences(a_document()) == []


def test_what_is_published_after_somebody_left_comes_out_the_same_too() -> None:
    first = a_document()["drawn"][0]

    stated = a_document(Left(first, "declined"))

    assert differences(stated) == []
    assert stated["drawn"] == a_document()["drawn"]
    assert first not in stated["panel"] and len(stated["panel"]) == 3


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (("secrets", "organizer", "secret"), "another", {"commitments.organizer", "seed", "order", "drawn", "panel"}),
        (("secrets", "supervisor", "nonce"), "c3" * 32, {"commitments.supervisor", "seed", "order", "drawn", "panel"}),
        (("commitments", "supervisor"), "c3" * 32, {"commitments.supervisor"}),
        (("seed",), "00" * 32, {"seed"}),
        (("roster_digest",), "00" * 32, {"roster_digest"}),
        (("drawn",), ["candidate-00"], {"drawn"}),
        (("panel",), [], {"panel"}),
        (("roster", 0, "organization"), "another", {"roster_digest", "seed", "order", "drawn", "panel"}),
        (("draw",), "another", {"roster_digest", "seed", "order", "drawn", "panel"}),
        (("stage",), "another", {"roster_digest", "seed", "order", "drawn", "panel"}),
    ],
)
def test_every_change_is_found(path: tuple[Any, ...], value: Any, found: set[str]) -> None:
    stated = a_document()
    part: Any = stated
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value

    assert differing(stated) == found


def test_a_candidate_who_is_left_out_of_the_roster_is_missed() -> None:
    stated = a_document()
    del stated["roster"][3]

    assert {"roster_digest", "seed", "order"} <= differing(stated)


def test_a_difference_says_what_is_stated_and_what_it_comes_to() -> None:
    stated = a_document()
    right = stated["seed"]
    stated["seed"] = "00" * 32

    (difference,) = differences(stated)

    assert (difference.field, difference.stated, difference.found) == ("seed", "00" * 32, right)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(value, dict):
        return [path, *(leaf for key, inner in value.items() for leaf in leaves(inner, (*path, key)))]
    if isinstance(value, list):
        return [path, *(leaf for key, inner in enumerate(value) for leaf in leaves(inner, (*path, key)))]
    return [path]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(st.data(), json_values)
def test_whatever_is_put_anywhere_is_refused_or_found(data: st.DataObject, value: Any) -> None:
    stated = copy.deepcopy(a_document(Left("candidate-00", "withdrawn")))
    path = data.draw(st.sampled_from(leaves(stated)[1:]))
    part: Any = stated
    for step in path[:-1]:
        part = part[step]
    same = part[path[-1]] == value and type(part[path[-1]]) is type(value)
    part[path[-1]] = value

    try:
        found = differences(stated)
    except InvalidInput as refusal:
        assert refusal.faults
    else:
        harmless = same or path[0] == "left"
        assert found or harmless


@pytest.mark.parametrize("stated", [{}, {"format": "delta-hub-draw/2"}, {"roster": "x"}])
def test_what_is_no_document_is_refused(stated: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput):
        differences(stated)
