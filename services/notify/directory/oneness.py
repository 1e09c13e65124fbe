"""Oneness: from when to when which organisations are one, by all mergers that were ever made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import permutations
from typing import NamedTuple

from kit.rights.merged import survivors_by


class Together(NamedTuple):
    """A time in which an organisation is one with another; `until` is None where it goes on."""

    other: str
    since: datetime
    until: datetime | None


class Merged(NamedTuple):
    """What is known of one merger."""

    merged_at: datetime
    id: str
    other_id: str
    survivor_id: str
    unmerged_at: datetime | None


def together(mergers: Collection[Merged]) -> Mapping[str, list[Together]]:
    """For each organisation in these mergers with which others it is one, and when."""
    began: dict[tuple[str, str], datetime] = {}
    found: dict[str, list[Together]] = defaultdict(list)
    for moment in sorted({each for one in mergers for each in (one.merged_at, one.unmerged_at) if each}):
        pairs = _pairs(mergers, moment)
        for pair in began.keys() - pairs:
            found[pair[0]].append(Together(pair[1], began.pop(pair), moment))
        began |= dict.fromkeys(pairs - began.keys(), moment)
    for (one, other), since in began.items():
        found[one].append(Together(other, since, None))
    return found


def _pairs(mergers: Iterable[Merged], moment: datetime) -> set[tuple[str, str]]:
    """Who is one with whom from this moment on."""
    standing = sorted(
        one for one in mergers if one.merged_at <= moment and (one.unmerged_at is None or moment < one.unmerged_at)
    )
    groups: dict[str, list[str]] = defaultdict(list)
    for id_, survivor in survivors_by((one.other_id, one.survivor_id) for one in standing).items():
        groups[survivor].append(id_)
    return {pair for group in groups.values() for pair in permutations(group, 2)}


def concerned(mergers: Iterable[Merged], ids: Collection[str]) -> tuple[list[Merged], set[str]]:
    """The mergers that ever tied one of these organisations to another, on any way, and all organisations in them."""
    tied, rest, found = list[Merged](), list(mergers), set(ids)
    while new := [one for one in rest if one.other_id in found or one.survivor_id in found]:
        tied += new
        rest = [one for one in rest if one not in new]
        found |= {id_ for one in new for id_ in (one.other_id, one.survivor_id)}
    return tied, found
