"""Admission: what is to be entered, held against the rules before it takes a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.base import Refusal
from contracts.events.admission.entries import EntryStatus, MemberRole, MembersNeeded
from contracts.names import name_key
from contracts.refusals import InvalidInput
from kit.data.db import Session
from kit.ids import new_id
from services.events.admission.entries.answering import answered
from services.events.admission.entries.eligibility import Facts, MemberFacts, PersonCounts, concerns_members, failures
from services.events.admission.entries.fields import Answers, answer_faults
from services.events.admission.entries.model import Entry, Member
from services.events.admission.entries.rules import EntriesRules
from services.events.directory import queries as directory
from services.events.directory.model import Organization
from services.events.editions.editions.model import Track


@dataclass(frozen=True, slots=True)
class NewMember:
    """Somebody of an entry as they are to be entered; without an organisation they belong to the one that enters."""

    role: MemberRole
    name: str
    organization_id: str | None = None
    person: str | None = None
    person_key: str | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as it is to be; one that `waits` does where no place is free."""

    track: Track
    organization: Organization
    contestant: str
    members: tuple[NewMember, ...] = ()
    group_name: str | None = None
    waits: bool = False
    answers: Answers = ()

    @property
    def named(self) -> tuple[str, str, str]:
        """What stands once: the ids of track and organisation, and the key of the contestant."""
        return self.track.id, self.organization.id, name_key(self.contestant)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the contestant and of its people."""
        return self.contestant, *(member.name for member in self.members)

    def facts(self, counts: PersonCounts) -> Facts:
        own = self.organization
        members = tuple(
            MemberFacts(each.role, each.organization_id or own.id, each.person_key, name_key(each.name))
            for each in self.members
        )
        return Facts(own.id, own.kind, own.region, members, counts)


def faults(rules: EntriesRules, new: NewEntry, counts: PersonCounts | None = None) -> list[Refusal]:
    """Every way in which an entry breaks the rules. Without `counts`, how often people enter is left to the database."""
    return [*_people(rules, new, counts or {}), *answer_faults(new.track.entry_fields, new.answers)]


def _people(rules: EntriesRules, new: NewEntry, counts: PersonCounts) -> list[Refusal]:
    kind = new.track.kind
    if new.members:
        return failures(rules.clauses(kind), new.facts(counts))
    silent = failures((clause for clause in rules.clauses(kind) if not concerns_members(clause)), new.facts({}))
    return [*silent, MembersNeeded("members")] if rules.wants_members(kind) else silent


def check_people(rules: EntriesRules, new: NewEntry) -> None:
    """Go on only with an entry whose people keep the rules; refuses with one problem a fault."""
    found = _people(rules, new, {})
    if found:
        raise InvalidInput(*found)


def check_organizations(session: Session, members: Sequence[NewMember], own: Organization) -> None:
    """Go on only if the members' organisations are known and stand; refuses with OrganizationUnknown or OrganizationMerged."""
    others = {each.organization_id for each in members} - {None, own.id}
    if others:
        for each in directory.organizations(session, [str(other) for other in others]).values():
            each.check_stands("organizationId")


def entry_of(session: Session, new: NewEntry, quota_id: str, status: EntryStatus) -> Entry:
    """The entry as it is kept, with its members."""
    entry = Entry(
        id=new_id(),
        created_at=session.now,
        edition=new.track.edition,
        edition_id=new.track.edition_id,
        track=new.track,
        track_id=new.track.id,
        organization_id=new.organization.id,
        province=new.organization.province,
        contestant=new.contestant,
        quota_id=quota_id,
        group_name=new.group_name,
        status=status,
        substitutions=0,
    )
    entry.answers = answered(new.track, new.answers, entry_id=entry.id)
    entry.members = [member_of(each, new.organization.id) for each in new.members]
    return entry


def member_of(new: NewMember, own_id: str) -> Member:
    return Member(
        id=new_id(),
        role=new.role,
        name=new.name,
        organization_id=new.organization_id or own_id,
        person=new.person,
        person_key=new.person_key,
    )
