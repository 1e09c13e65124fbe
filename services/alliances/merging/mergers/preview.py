"""Preview: what a merger of two organisations would do: which entry the survivor has, which memberships go into which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.alliances.merging.mergers import MergedField, MergeSide, MergeUndecided
from kit.documents.digest import digest
from services.alliances.membership.memberships.model import LIVE, Membership
from services.alliances.registry.organizations.model import Organization

Choices = Mapping[MergedField, MergeSide]
"""Of what the two say differently, whose is kept."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What the two say differently of one thing; `keep` is None where nobody has chosen yet."""

    field: MergedField
    survivor: str | None
    other: str | None
    keep: MergeSide | None


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """An alliance in which both have a membership: one goes on, the other goes into it."""

    alliance_id: str
    goes_on: Membership
    merges: Membership


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What a merger would do; `alliances` are those with a membership that goes on, of which each then has one."""

    survivor: Organization
    other: Organization
    differences: Sequence[Difference]
    meetings: Sequence[Meeting]
    alliances: Sequence[str]

    @property
    def undecided(self) -> list[MergedField]:
        return [each.field for each in self.differences if each.keep is None]

    def check_decided(self) -> None:
        """Refuses with MergeUndecided, at the first of them."""
        if self.undecided:
            raise MergeUndecided.about(self.undecided[0])

    @property
    def put(self) -> dict[str, Any]:
        """What the survivor's entry is to say instead of what it says."""
        taken = [each.field for each in self.differences if each.keep == MergeSide.OTHER]
        return {name: getattr(self.other, name) for field in taken for name in _COLUMNS.get(field, (field.value,))}

    @property
    def digest(self) -> str:
        """The SHA-256 of all that is shown, and of what it was worked out from."""
        return digest(
            {
                "survivor": [self.survivor.id, self.survivor.version],
                "other": [self.other.id, self.other.version],
                "differences": [[each.field, each.survivor, each.other, each.keep] for each in self.differences],
                "meetings": [[each.goes_on.id, each.merges.id] for each in self.meetings],
                "alliances": list(self.alliances),
            }
        )


def preview(
    survivor: Organization, other: Organization, choices: Choices, own: Sequence[Membership], its: Sequence[Membership]
) -> Preview:
    """What a merger would do to the two entries, to the survivor's `own` memberships and to `its`, those of the other."""
    on, over = _live(own), _live(its)
    meetings = [_meeting(on[id_], over[id_]) for id_ in sorted(on.keys() & over.keys())]
    found = (_difference(field, survivor, other, choices) for field in MergedField)
    return Preview(
        survivor=survivor,
        other=other,
        differences=[each for each in found if each],
        meetings=meetings,
        alliances=sorted(on.keys() | over.keys()),
    )


def _live(memberships: Sequence[Membership]) -> dict[str, Membership]:
    return {each.alliance_id: each for each in memberships if each.status in LIVE}


def _meeting(own: Membership, its: Membership) -> Meeting:
    """The one that has come further goes on; of two that have come as far, the survivor's own."""
    goes_on, merges = sorted((own, its), key=lambda each: LIVE.index(each.status))
    return Meeting(alliance_id=own.alliance_id, goes_on=goes_on, merges=merges)


def _difference(field: MergedField, survivor: Organization, other: Organization, choices: Choices) -> Difference | None:
    """Where only one of the two says anything, there is nothing to choose."""
    own, its = _said(survivor, field), _said(other, field)
    if own == its or its is None:
        return None
    keep = MergeSide.OTHER if own is None else choices.get(field)
    return Difference(field=field, survivor=own, other=its, keep=keep)


_COLUMNS = {MergedField.REGION: ("region", "country")}


def _said(organization: Organization, field: MergedField) -> str | None:
    """What an entry says of this; of a body overseas the country stands for the region."""
    return next((value for name in _COLUMNS.get(field, (field.value,)) if (value := getattr(organization, name))), None)
