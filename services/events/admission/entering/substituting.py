"""Substitution (替换): another person in the place of a member, as long as the rules and the calendar let them."""

from __future__ import annotations

from sqlalchemy import exists, select

from contracts.events.admission import entries as say
from contracts.events.admission.entries import (
    MemberRole,
    ParticipantStatus,
    SubstitutionClosed,
    SubstitutionsUsedUp,
)
from contracts.events.editions.competitions import EditionStatus
from contracts.events.editions.phases import PhaseKind
from kit.data.db import Session
from kit.messages.outbox import record
from services.events.admission.entering.admitting import NewEntry, NewMember, check_organizations, check_people
from services.events.admission.entries.counting_people import count_member_in, count_member_out
from services.events.admission.entries.model import Entry, Member, Participant
from services.events.admission.entries.queries import hold
from services.events.admission.entries.rules import EntriesForm
from services.events.directory.model import Organization
from services.events.editions.editions.model import Stage
from services.events.editions.phases.model import OVER, Phase
from services.events.editions.rulesets.reading import section


def substitute_member(
    session: Session, *, entry: Entry, organization: Organization, member: Member, by: NewMember
) -> Entry:
    """Let somebody else take the place of a member, in the same role; the entry is held against the rules again.

    Refuses with EntryEnded, SubstitutionClosed, SubstitutionsUsedUp, or as submitting does. The row stays
    that of the same place in the entry; of the one who leaves nothing is kept.
    """
    hold(session, entry)
    entry.check_stands()
    rules = section(session, entry.track, EntriesForm)
    if entry.substitutions >= rules.substitutions_most:
        raise SubstitutionsUsedUp("memberId", most=rules.substitutions_most)
    if not _is_open(session, entry):
        raise SubstitutionClosed("memberId")
    check_organizations(session, [by], organization)
    after = tuple(by if each is member else _as_new(each) for each in entry.members)
    check_people(rules, NewEntry(entry.track, organization, entry.contestant, after, entry.group_name))
    count_member_out(session, entry, member)
    member.name, member.person, member.person_key, member.erased_at = by.name, by.person, by.person_key, None
    member.organization_id = by.organization_id or organization.id
    entry.substitutions += 1
    about = entry.about(organization.named)
    record(session, entry, say.MemberSubstituted(**about, member_id=member.id, role=member.role))
    session.flush()
    count_member_in(session, entry, member, rules.person_limits)
    return entry


def _as_new(member: Member) -> NewMember:
    return NewMember(MemberRole(member.role), member.name, member.organization_id, member.person, member.person_key)


def _is_open(session: Session, entry: Entry) -> bool:
    """Whether entries are taken, or the phase of substitution is open in a round in which the entry competes."""
    edition = entry.edition
    if edition.status == EditionStatus.PUBLISHED and edition.opens_at <= session.now < edition.closes_at:
        return True
    competes = (
        Participant.entry_id == entry.id,
        Participant.status == ParticipantStatus.COMPETING,
        Stage.id == Participant.stage_id,
        Phase.round_id == Stage.round_id,
    )
    opens = (
        Phase.kind == PhaseKind.SUBSTITUTION,
        Phase.state.not_in(OVER),
        Phase.opens_at <= session.now,
        Phase.closes_at > session.now,
    )
    return bool(session.scalar(select(exists().where(*competes, *opens))))
