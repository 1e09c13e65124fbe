"""Rules: what a rule set says about entries, in its section `entries`: who may enter, with whom, and how many at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import marshmallow

from contracts.alliances.registry.organizations import OrganizationKind
from contracts.base import Refusal
from contracts.events.admission.eligibility import ClauseKind, Within
from contracts.events.admission.entries import MemberRole
from contracts.events.admission.entries_forms import MOST_ENTRIES, MOST_MEMBERS
from contracts.events.editions.competitions import TrackKind
from contracts.forms import Input, choice, flag, listing, nested, text, whole
from contracts.refusals import Invalid, NotOneOf, Required, UnknownRegion
from contracts.regions import provinces, region
from kit.documents.rulebook import Section
from services.events.admission.entries.eligibility import OF_ORGANIZATIONS, Clause

MOST_ROWS = 5_000


class MembersRequired(StrEnum):
    """Whether an entry names its members."""

    NEVER = "never"
    TEAMS = "teams"  # in team tracks
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class EntriesRules:
    """Sizes are numbers of people in one entry; `batch_most` is entries in one call, `roster_rows_most` rows of a file.

    `substitutions_most` is how many members of one entry may be replaced in all.
    """

    members_required: MembersRequired
    team_least: int
    team_most: int
    advisers_least: int
    advisers_most: int
    cross_institution: bool
    person_number_required: bool
    person_limits: tuple[Clause, ...]
    eligibility: tuple[Clause, ...]
    batch_most: int
    roster_rows_most: int
    substitutions_most: int

    def wants_members(self, kind: str) -> bool:
        """Whether an entry in a track of this kind must name its members."""
        teams = kind == TrackKind.TEAM and self.members_required == MembersRequired.TEAMS
        return teams or self.members_required == MembersRequired.ALWAYS

    def clauses(self, kind: str) -> Iterator[Clause]:
        """Everything that an entry in a track of this kind is checked against."""
        yield from self.eligibility
        least, most = (self.team_least, self.team_most) if kind == TrackKind.TEAM else (1, 1)
        yield Clause(ClauseKind.MEMBERS, role=MemberRole.CONTESTANT, least=least, most=most)
        yield Clause(ClauseKind.MEMBERS, role=MemberRole.ADVISER, least=self.advisers_least, most=self.advisers_most)
        if not self.cross_institution:
            yield Clause(ClauseKind.ONE_INSTITUTION, role=MemberRole.CONTESTANT)
        if self.person_number_required:
            yield Clause(ClauseKind.PERSON_NUMBER, role=MemberRole.CONTESTANT)
        yield from self.person_limits


class PersonLimit(Input):
    """How many entries that stand one person may have in a role."""

    role = choice(MemberRole)
    within = choice(Within)
    most = whole(min=1, max=1_000)

    @marshmallow.post_load
    def clause(self, said: dict[str, Any], **_: Any) -> Clause:
        return Clause(ClauseKind.PERSON_ENTRIES, **said)


class OneClause(Input):
    """A clause: `values` for those about organisations, `role` for the others, `least` and `most` for `members`."""

    kind = choice(ClauseKind)
    values = listing(text(max=50), min=1, max=100, required=False)
    role = choice(MemberRole, required=False)
    within = choice(Within, required=False)
    least = whole(min=0, max=MOST_MEMBERS, required=False)
    most = whole(min=0, max=1_000, required=False)

    @marshmallow.validates_schema
    def has_what_its_kind_needs(self, said: dict[str, Any], **_: Any) -> None:
        for name in _needed(said["kind"]):
            if said.get(name) is None:
                raise marshmallow.ValidationError(Required.code, name)
        if said.get("least") is not None and said.get("most") is not None and said["least"] > said["most"]:
            raise marshmallow.ValidationError(Invalid.code, "most")

    @marshmallow.post_load
    def clause(self, said: dict[str, Any], **_: Any) -> Clause:
        given = {name: value for name, value in said.items() if value is not None}
        return Clause(**{**given, "values": frozenset(given.get("values", ()))})


class EntriesForm(Section[EntriesRules]):
    name = "entries"

    members_required = choice(MembersRequired)
    team_least = whole(min=1, max=MOST_MEMBERS)
    team_most = whole(min=1, max=MOST_MEMBERS)
    advisers_least = whole(min=0, max=MOST_MEMBERS)
    advisers_most = whole(min=0, max=MOST_MEMBERS)
    cross_institution = flag()
    person_number_required = flag()
    person_limits = listing(nested(PersonLimit), max=20)
    eligibility = listing(nested(OneClause), max=50)
    batch_most = whole(min=1, max=MOST_ENTRIES)
    roster_rows_most = whole(min=1, max=MOST_ROWS)
    substitutions_most = whole(min=0, max=1_000)

    @marshmallow.validates_schema
    def least_before_most(self, said: dict[str, Any], **_: Any) -> None:
        for who in ("team", "advisers"):
            if said[f"{who}_least"] > said[f"{who}_most"]:
                raise marshmallow.ValidationError(Invalid.code, f"{who}_most")

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> EntriesRules:
        lists = {name: tuple(said[name]) for name in ("person_limits", "eligibility")}
        return EntriesRules(**{**said, **lists})

    def new(self, rules: EntriesRules) -> Iterator[Refusal]:
        """A clause about places or kinds that do not exist lets nobody in."""
        for place, clause in enumerate(rules.eligibility):
            field = f"eligibility.{place}.values"
            for unknown in sorted(each for each in clause.values if not _exists(clause.kind, each))[:1]:
                if clause.kind == ClauseKind.ORGANIZATION_KIND:
                    yield NotOneOf(field, choices=", ".join(OrganizationKind))
                else:
                    yield UnknownRegion(field, region=unknown)


def _exists(kind: ClauseKind, value: str) -> bool:
    """Whether there is what a clause about organisations names."""
    if kind == ClauseKind.ORGANIZATION_KIND:
        return value in set(OrganizationKind)
    if kind == ClauseKind.PROVINCE:
        return value in {each.code for each in provinces()}
    return kind != ClauseKind.REGION or region(value) is not None


def _needed(kind: ClauseKind) -> tuple[str, ...]:
    if kind in OF_ORGANIZATIONS:
        return ("values",)
    if kind == ClauseKind.MEMBERS:
        return ("role", "least", "most")
    return ("role", "within", "most") if kind == ClauseKind.PERSON_ENTRIES else ("role",)
