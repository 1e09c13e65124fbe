"""Matching: which organisation of the registry a row of a sheet names, by code, by name, or by another name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.alliances.registry.importing import (
    CreditCodeDiffers,
    CreditCodeOfAnother,
    MatchAmbiguous,
    MatchedBy,
)
from contracts.names import name_key
from contracts.regions import path, within
from services.alliances.registry.organizations.model import Organization

SHOWN = 5
"""Candidates that are named where several are meant."""
_FULL_WIDTH = str.maketrans("()", "（）")


@dataclass(frozen=True, slots=True)
class Match:
    """The organisation that a row names."""

    organization: Organization
    by: MatchedBy


@dataclass(frozen=True, slots=True)
class Known:
    """The organisations among which is looked, by code and by the key of each of their names; `keys` are those of each.

    Of one that was merged, code and names mean the one that stands in its place.
    """

    by_code: Mapping[str, Organization]
    by_name: Mapping[str, Sequence[Organization]]
    keys: Mapping[str, set[str]]

    def match(self, row: Mapping[str, Any]) -> Match | None:
        """None where no organisation is meant; raises the Refusal that says why it cannot be told which one is."""
        if found := self.by_code.get(row["credit_code"]):
            if row["name"] and name_key(row["name"]) not in self.keys[found.id]:
                raise CreditCodeOfAnother("credit_code", name=found.name_zh)
            return Match(found, MatchedBy.CREDIT_CODE)
        found = self._named(row["name"], row["region"])
        if found is None:
            return None
        if row["credit_code"] and found.credit_code:
            raise CreditCodeDiffers("credit_code", name=found.name_zh, credit_code=found.credit_code)
        official = {name_key(found.name_zh), name_key(found.name_en)}
        return Match(found, MatchedBy.NAME if name_key(row["name"]) in official else MatchedBy.OTHER_NAME)

    def _named(self, name: str, region: str) -> Organization | None:
        """The only one of this name, in this region if one is given; one that is called so officially comes first."""
        like = name_key(name)
        found = [each for each in self.by_name.get(like, ()) if not region or _beside(each.region, region)]
        official = [each for each in found if like in {name_key(each.name_zh), name_key(each.name_en)}]
        among = official or found
        if len(among) > 1:
            raise MatchAmbiguous("name", name=name, candidates="；".join(map(_shown, among[:SHOWN])))
        return among[0] if among else None


def known(organizations: Iterable[Organization]) -> Known:
    """What rows are matched against; the organisations know what they are `called`."""
    by_code: dict[str, Organization] = {}
    by_name: dict[str, list[Organization]] = defaultdict(list)
    keys: dict[str, set[str]] = defaultdict(set)
    for each in sorted(organizations, key=lambda each: each.survivor_id is None):
        stands, own = each.current, _keys(each)
        if each.credit_code:
            by_code[each.credit_code] = stands
        keys[stands.id] |= own
        for like in own:
            if stands not in by_name[like]:
                by_name[like].append(stands)
    return Known(by_code, by_name, keys)


def spellings(name: str) -> set[str]:
    """The ways in which the registry may have written a name."""
    half = unicodedata.normalize("NFKC", name)
    return {name, half, half.translate(_FULL_WIDTH)}


def _keys(organization: Organization) -> set[str]:
    return {name_key(name) for name in (organization.name_zh, organization.name_en, *organization.aliases)}


def _shown(organization: Organization) -> str:
    place = "".join(each.name_zh for each in path(organization.region))
    return f"{organization.name_zh}（{'，'.join(filter(None, (place, organization.credit_code)))}）"


def _beside(one: str, other: str) -> bool:
    """Whether one region lies in the other: a sheet may say the city where the registry knows the district."""
    return within(one, other) or within(other, one)
