"""Several: one command about many things does what can be done and says of each other why not, or does nothing unless all can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from contracts.base import Refusal
from contracts.refusals import InvalidInput, NotFound

Thing = TypeVar("Thing")


def each_done(
    ids: Sequence[str],
    things: Mapping[str, Thing],
    work: Callable[[Thing], Any],
    *,
    named: str,
    all_or_none: bool,
) -> dict[str, Thing | Refusal]:
    """What became of each of these ids, in their order: the thing on which `work` was done, or why it was not.

    What `work` refuses it must not have touched: the others are done all the same. With `all_or_none` all that was refused is
    raised, as InvalidInput with the place of each in the argument `named`, and the transaction undoes the rest.
    """
    answers: dict[str, Thing | Refusal] = {}
    for id_ in ids:
        if id_ not in answers:
            answers[id_] = _refusal(things.get(id_), work, named) or things[id_]
    refused = [
        _at(place, answer, named) for place, answer in enumerate(answers.values()) if isinstance(answer, Refusal)
    ]
    if all_or_none and refused:
        raise InvalidInput(*refused)
    return answers


def outcome(whose: str, id_: str, answer: Thing | Refusal, view: Callable[[Thing], Any]) -> dict[str, Any]:
    """An answer as it crosses the wire: {<whose>_id, <whose>, problems}, of which the thing is None where there are problems."""
    if isinstance(answer, Refusal):
        return {f"{whose}_id": id_, whose: None, "problems": answer.problems()}
    return {f"{whose}_id": id_, whose: view(answer), "problems": []}


def _refusal(thing: Thing | None, work: Callable[[Thing], Any], named: str) -> Refusal | None:
    if thing is None:
        return NotFound(named)
    try:
        work(thing)
    except Refusal as refusal:
        return refusal
    return None


def _at(place: int, refusal: Refusal, named: str) -> Refusal:
    refusal.field = f"{named}.{place}"
    return refusal
