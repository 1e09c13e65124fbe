"""Facts: what the hub itself knows of judges and entries that can make a conflict, each with its dates.

A judge is tied to institutions by nominations in this and earlier editions, by representing one, and by having advised or
competed for one; to provinces by where they are nominated from, by leading a delegation, and by an office; to entries by
being a member; and to all of these by what was declared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from contracts.authority import Role
from contracts.events.admission.entries import MemberRole
from contracts.events.judging.judges import TieKind
from kit.clock import in_china
from kit.data.db import Session
from kit.rights.grants import Grant
from kit.rights.merged import survivors
from procedures.conflicts.conflicts import Conflict, Judge, Terms, Tie, Work, conflicts
from services.events.admission.entries.model import Entry, Member
from services.events.admission.entries.queries import participants
from services.events.editions.editions.model import Stage
from services.events.judging.judges.model import Candidate
from services.events.judging.judges.rules import JudgingRules

IN_ENTRY = {MemberRole.ADVISER: TieKind.ADVISES, MemberRole.CONTESTANT: TieKind.COMPETES_IN}
FOR_INSTITUTION = {MemberRole.ADVISER: TieKind.ADVISED_FOR, MemberRole.CONTESTANT: TieKind.COMPETED_FOR}

Found = tuple[str, str, Tie]
"""Whom a tie concerns (a person, or the id of a candidate), to what kind of thing it leads, and the tie."""


def conflicts_in(
    session: Session, stage: Stage, candidates: Sequence[Candidate], rules: JudgingRules
) -> list[Conflict]:
    """Every conflict of these candidates (with their ties) with the entries of a stage, by the facts of today."""
    works = [_work(entry) for entry in participants(session, stage.id)]
    terms = Terms(rules.conflict_years, rules.same_delegation)
    return conflicts(*_as_they_stand(session, judges(session, stage, candidates), works), terms, china_day(session.now))


def _as_they_stand(session: Session, them: Sequence[Judge], works: Sequence[Work]) -> tuple[list[Judge], list[Work]]:
    """The same with the institutions that stand now in place of those that were merged: both are one."""
    ties = chain.from_iterable([each.institutions for each in them] + [each.institutions for each in works])
    now = survivors(session, {tie.target for tie in ties})

    def standing(ties: tuple[Tie, ...]) -> tuple[Tie, ...]:
        return tuple(replace(tie, target=now.get(tie.target, tie.target)) for tie in ties)

    return (
        [replace(each, institutions=standing(each.institutions)) for each in them],
        [replace(each, institutions=standing(each.institutions)) for each in works],
    )


def judges(session: Session, stage: Stage, candidates: Sequence[Candidate]) -> list[Judge]:
    """What ties these candidates to institutions, entries and provinces, in their order."""
    people = {candidate.person: candidate.id for candidate in candidates}
    ties: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    found = [
        *_nominations(session, candidates),
        *_grants(session, stage, people),
        *_memberships(session, stage, candidates),
    ]
    for whom, what, tie in found:
        ties[people.get(whom, whom)][what].append(tie)
    return [
        Judge(each.id, *(tuple(ties[each.id][what]) for what in ("institution", "entry", "province")))
        for each in candidates
    ]


def china_day(moment: datetime) -> date:
    """The calendar day in China."""
    return in_china(moment).date()


def _nominations(session: Session, candidates: Sequence[Candidate]) -> Iterator[Found]:
    """What nominations and declarations say, and where the same people were nominated from before."""
    for candidate in candidates:
        nominated = china_day(candidate.created_at)
        yield candidate.id, "province", Tie(TieKind.NOMINATED_FROM, candidate.province, nominated)
        for tie in candidate.ties:
            what, target = ("entry", tie.entry_id) if tie.entry_id else ("institution", tie.organization_id)
            yield candidate.id, what, Tie(TieKind(tie.kind), str(target), tie.since, tie.until)
    earlier = select(Candidate.person, Candidate.organization_id, Candidate.created_at).where(
        Candidate.person.in_([each.person for each in candidates]),
        Candidate.id.not_in([each.id for each in candidates]),
    )
    for person, organization_id, created_at in session.execute(earlier.order_by(Candidate.id)):
        day = china_day(created_at)
        yield person, "institution", Tie(TieKind.WORKED_AT, organization_id, day, day)


def _grants(session: Session, stage: Stage, people: Iterable[str]) -> Iterator[Found]:
    """Which institutions and delegations these people speak for, and in which provinces they are in office."""
    kinds = {
        Role.REPRESENTATIVE: ("institution", TieKind.REPRESENTS),
        Role.DELEGATION_LEADER: ("province", TieKind.LEADS),
        Role.PROVINCE_OFFICE: ("province", TieKind.IN_OFFICE_OF),
    }
    grants = select(Grant).where(Grant.person.in_(list(people)), Grant.role.in_(kinds))
    for grant in session.scalars(grants.order_by(Grant.id)):
        what, kind = kinds[Role(grant.role)]
        event_id, _, province = grant.scope_id.rpartition(":")
        if kind == TieKind.LEADS and event_id != stage.edition.series_id:
            continue
        until = china_day(grant.revoked_at) if grant.revoked_at else None
        yield grant.person, what, Tie(kind, province, china_day(grant.granted_at), until)


def _memberships(session: Session, stage: Stage, candidates: Sequence[Candidate]) -> Iterator[Found]:
    """In which entries these people are members, and for which institutions they have been.

    Whoever enters names whom they like: a person who is known by the subject of their token alone counts where nobody
    could know yet that they might judge. Else an entrant could be rid of a judge by naming them.
    """
    nominated = {each.person: each.created_at for each in candidates}
    by_key = {each.person_key: each.id for each in candidates if each.person_key}
    theirs = or_(Member.person.in_([each.person for each in candidates]), Member.person_key.in_(list(by_key)))
    query = select(Member).where(theirs).options(joinedload(Member.entry).joinedload(Entry.edition))
    for member in session.scalars(query.order_by(Member.id)):
        role, entry, whom = MemberRole(member.role), member.entry, by_key.get(member.person_key or "")
        if whom is None:
            whom = str(member.person)
            if entry.substitutions or entry.created_at >= nominated[whom]:
                continue
        since, ended = china_day(entry.created_at), china_day(entry.edition.closes_at)
        yield whom, "entry", Tie(IN_ENTRY[role], entry.id, since)
        until = None if entry.edition_id == stage.edition_id else ended
        for organization_id in dict.fromkeys((entry.organization_id, member.organization_id)):
            yield whom, "institution", Tie(FOR_INSTITUTION[role], organization_id, since, until)


def _work(entry: Entry) -> Work:
    since = china_day(entry.created_at)
    others = {member.organization_id for member in entry.members} - {entry.organization_id}
    return Work(
        id=entry.id,
        institutions=(
            Tie(TieKind.ENTERED_BY, entry.organization_id, since),
            *(Tie(TieKind.MEMBER_FROM, other, since) for other in sorted(others)),
        ),
        province=Tie(TieKind.OF_DELEGATION, entry.province, since),
    )
