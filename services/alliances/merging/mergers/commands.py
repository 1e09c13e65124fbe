"""What can be done about mergers: make one and undo it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import update

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.merging.mergers import MergeGround, OrganizationsMerged, OrganizationsUnmerged
from contracts.alliances.registry.organizations import OrganizationChange, OrganizationStatus
from contracts.refusals import DigestDiffers
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.rights.merged import one_with, survivors
from kit.rights.mergers import Merger, hold, regroup
from services.alliances.membership.memberships.commands import merge_membership, unmerge_membership
from services.alliances.membership.memberships.model import Membership
from services.alliances.membership.memberships.queries import memberships_with_steps
from services.alliances.merging.mergers.model import MergerFacts
from services.alliances.merging.mergers.preview import Preview
from services.alliances.merging.mergers.queries import check_latest
from services.alliances.registry.days import today_of
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.telling import keep, tell
from services.alliances.registry.organizations.turning import plan_turn

Entry = Mapping[str, Any]
"""What an entry says, by field."""


def merge_organizations(session: Session, *, preview: Preview, ground: MergeGround, digest: str) -> MergerFacts:
    """Merge as the preview says; refuses with MergeUndecided, and with DigestDiffers where it is not what was looked at."""
    preview.check_decided()
    if digest != preview.digest:
        raise DigestDiffers("digest")
    facts = _facts(session, preview, ground)
    session.add_all([facts.merger, facts])
    record(session, facts.merger, OrganizationsMerged(**_said(facts)))
    preview.other.status = OrganizationStatus.MERGED
    _regroup(session, facts, [preview.survivor.id, *one_with(session, preview.other.id)])
    _enter(session, preview.survivor, facts.put, OrganizationChange.MERGED, known="choices", beside=facts.names)
    for meeting in preview.meetings:
        merge_membership(session, membership=meeting.merges, into=meeting.goes_on)
    return facts


def unmerge_organizations(session: Session, *, facts: MergerFacts, days: int, reason: str) -> list[Membership]:
    """Undo a merger; refuses with NothingChanged, UnmergeTooLate and UnmergeLaterFirst.

    Of the survivor's entry goes back what the merger has put there and nobody has changed since; of the memberships what
    went into another and did not begin anew since; these are returned.
    """
    facts.check_undoable(session.now, days)
    check_latest(session, facts.merger)
    facts.merger.unmerged_at, facts.reason = session.now, reason
    said = _said(facts) | {"unmerged_at": session.now, "reason": reason}
    record(session, facts.merger, OrganizationsUnmerged(**said))
    back = {field: facts.before[field] for field, put in facts.put.items() if getattr(facts.survivor, field) == put}
    _enter(session, facts.survivor, back, OrganizationChange.UNMERGED, known="mergerId", without=facts.names)
    facts.other.status = facts.other_status
    keep(session, known="mergerId")
    _regroup(session, facts, one_with(session, facts.other_id))
    plan_turn(session, facts.other)
    return _unmerge_memberships(session, facts.membership_ids)


def _facts(session: Session, preview: Preview, ground: MergeGround) -> MergerFacts:
    survivor, other, put = preview.survivor, preview.other, preview.put
    merger = Merger(id=new_id(), version=0, survivor_id=survivor.id, other_id=other.id, merged_at=session.now)
    return MergerFacts(
        id=merger.id,
        merger=merger,
        survivor=survivor,
        other=other,
        survivor_id=survivor.id,
        other_id=other.id,
        other_status=other.status,
        ground=ground,
        merged_by=session.viewer.id,
        before={field: getattr(survivor, field) for field in put},
        put=put,
        names=sorted(other.all_names - survivor.all_names),
        membership_ids=[each.merges.id for each in preview.meetings],
        reason="",
    )


def _said(facts: MergerFacts) -> dict[str, Any]:
    """What both messages say; the two are called as their own entries call them."""
    return {
        "merger_id": facts.id,
        "survivor": facts.survivor.named,
        "other": facts.other.named,
        "ground": facts.ground,
        "merged_at": facts.merger.merged_at,
    }


def _enter(
    session: Session,
    survivor: Organization,
    entry: Entry,
    what: OrganizationChange,
    *,
    known: str,
    beside: Collection[str] = (),
    without: Collection[str] = (),
) -> None:
    """Let the entry say this too, and be found by what it was called before, and by the names `beside` or `without` these."""
    today, called = today_of(session.now), survivor.all_names - set(without) | set(beside)
    for field, value in entry.items():
        setattr(survivor, field, value)
    survivor.put_name_right(today)
    survivor.call_it(sorted(called), today)
    tell(session, survivor, what, known=known)


def _regroup(session: Session, facts: MergerFacts, ids: Collection[str]) -> None:
    """Work out anew who is one with whom, and let the entries of these organisations say so."""
    hold(session)
    regroup(session, [facts.id])
    now = survivors(session, ids)
    for survivor_id in {now.get(id_) for id_ in ids}:
        whose = [id_ for id_ in ids if now.get(id_) == survivor_id and id_ != survivor_id]
        session.execute(update(Organization).where(Organization.id.in_(whose)).values(survivor_id=survivor_id))
    session.execute(update(Organization).where(Organization.id.in_(set(now.values()))).values(survivor_id=None))


def _unmerge_memberships(session: Session, membership_ids: Collection[str]) -> list[Membership]:
    back = []
    for membership, steps in memberships_with_steps(session, set(membership_ids)).values():
        if membership.status == MembershipStatus.MERGED:
            before = next(step.status for step in steps if step.status != MembershipStatus.MERGED)
            unmerge_membership(session, membership=membership, status=before)
            back.append(membership)
    return back
