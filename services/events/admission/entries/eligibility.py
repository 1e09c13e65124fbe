"""Eligibility: the clauses of a rulebook as data, held against the facts of an entry; each failed one says so by a code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from contracts.base import Refusal
from contracts.events.admission.eligibility import (
    AdvisersTooFew,
    AdvisersTooMany,
    ClauseKind,
    ContestantsTooFew,
    ContestantsTooMany,
    MemberOfOtherInstitution,
    MemberTwice,
    OrganizationKindNotEligible,
    PersonEnteredInEdition,
    PersonEnteredInSeries,
    PersonEnteredInTrack,
    PersonNumberRequired,
    ProvinceNotEligible,
    RegionNotEligible,
    Within,
)
from contracts.events.admission.entries import MemberRole
from contracts.regions import province_of, within


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; which of the other fields it has depends on its kind (see `rules.OneClause`)."""

    kind: ClauseKind
    values: frozenset[str] = frozenset()
    role: MemberRole = MemberRole.CONTESTANT
    within: Within = Within.TRACK
    least: int = 0
    most: int = 0


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member as far as clauses look at one; `person_key` is None where no identity number was given.

    `name_key` is empty where the name is not known, as of somebody erased.
    """

    role: MemberRole
    organization_id: str
    person_key: str | None = None
    name_key: str = ""


PersonCounts = Mapping[tuple[Within, MemberRole, str], int]
"""How many entries that stand a person has elsewhere: by where they are counted, role, and person key."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an entry; `organization_kind` is None where the registry has not told it."""

    organization_id: str
    organization_kind: str | None
    region: str
    members: tuple[MemberFacts, ...] = ()
    counts: PersonCounts = field(default_factory=dict)


def failures(clauses: Iterable[Clause], facts: Facts) -> list[Refusal]:
    """One refusal for each clause that fails, and for each member who fails it, with the field concerned.

    An organisation whose kind is not known is not refused for its kind.
    """
    return [*_twice(facts), *(refusal for clause in clauses for refusal in _CHECKS[clause.kind](clause, facts))]


def concerns_members(clause: Clause) -> bool:
    """Whether the clause says something about an entry only when its members are named."""
    return clause.kind not in OF_ORGANIZATIONS


def _twice(facts: Facts) -> Iterator[Refusal]:
    """The same person cannot be two members, whatever the rulebook says.

    Two of one name and organisation are one person, in whatever roles, unless the numbers of both tell them apart.
    """
    numbers, named = set[str](), dict[tuple[str, str], str | None]()
    for place, member in enumerate(facts.members):
        who = (member.name_key, member.organization_id)
        if member.person_key in numbers:
            yield MemberTwice(f"members.{place}.personNumber")
        elif member.name_key and who in named and not (named[who] and member.person_key):
            yield MemberTwice(f"members.{place}.name")
        if member.person_key:
            numbers.add(member.person_key)
        named.setdefault(who, member.person_key)


def _organization_kind(clause: Clause, facts: Facts) -> Iterator[Refusal]:
    if facts.organization_kind and facts.organization_kind not in clause.values:
        yield OrganizationKindNotEligible("organizationId")


def _province(clause: Clause, facts: Facts) -> Iterator[Refusal]:
    if province_of(facts.region) not in clause.values:
        yield ProvinceNotEligible("organizationId")


def _region(clause: Clause, facts: Facts) -> Iterator[Refusal]:
    if not any(within(facts.region, code) for code in clause.values):
        yield RegionNotEligible("organizationId")


def _members(clause: Clause, facts: Facts) -> Iterator[Refusal]:
    too_few, too_many = _SIZES[clause.role]
    number = sum(member.role == clause.role for member in facts.members)
    if number < clause.least:
        yield too_few("members", least=clause.least)
    if number > clause.most:
        yield too_many("members", most=clause.most)


def _one_institution(clause: Clause, facts: Facts) -> Iterator[Refusal]:
    for place, member in _in_role(clause, facts):
        if member.organization_id != facts.organization_id:
            yield MemberOfOtherInstitution(f"members.{place}.organizationId")


def _person_number(clause: Clause, facts: Facts) -> Iterator[Refusal]:
    for place, member in _in_role(clause, facts):
        if not member.person_key:
            yield PersonNumberRequired(f"members.{place}.personNumber")


def _person_entries(clause: Clause, facts: Facts) -> Iterator[Refusal]:
    for place, member in _in_role(clause, facts):
        if member.person_key and facts.counts.get((clause.within, clause.role, member.person_key), 0) >= clause.most:
            yield ENTERED[clause.within](f"members.{place}.personNumber", most=clause.most)


def _in_role(clause: Clause, facts: Facts) -> Iterator[tuple[int, MemberFacts]]:
    return ((place, member) for place, member in enumerate(facts.members) if member.role == clause.role)


ENTERED: Mapping[Within, type[Refusal]] = {
    Within.TRACK: PersonEnteredInTrack,
    Within.EDITION: PersonEnteredInEdition,
    Within.SERIES: PersonEnteredInSeries,
}
"""What is said of a person who has as many entries as the rulebook lets them."""

_SIZES: Mapping[MemberRole, tuple[type[Refusal], type[Refusal]]] = {
    MemberRole.CONTESTANT: (ContestantsTooFew, ContestantsTooMany),
    MemberRole.ADVISER: (AdvisersTooFew, AdvisersTooMany),
}
OF_ORGANIZATIONS = {ClauseKind.ORGANIZATION_KIND, ClauseKind.PROVINCE, ClauseKind.REGION}
_CHECKS: Mapping[ClauseKind, Callable[[Clause, Facts], Iterator[Refusal]]] = {
    ClauseKind.ORGANIZATION_KIND: _organization_kind,
    ClauseKind.PROVINCE: _province,
    ClauseKind.REGION: _region,
    ClauseKind.MEMBERS: _members,
    ClauseKind.ONE_INSTITUTION: _one_institution,
    ClauseKind.PERSON_NUMBER: _person_number,
    ClauseKind.PERSON_ENTRIES: _person_entries,
}
