"""What can be asked about mergers: what one would do, those that were made, and who may be registered twice."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from contracts.alliances.merging.mergers import MergeIntoItself, UnmergeLaterFirst
from contracts.browsing import START, Stretch
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, newest_first, page
from kit.rights.merged import one_with
from kit.rights.mergers import Merger
from services.alliances.membership.memberships.queries import memberships_of
from services.alliances.merging.mergers.model import MergerFacts
from services.alliances.merging.mergers.preview import Choices, Preview, preview
from services.alliances.registry.organizations.model import Organization

_WHOLE = (
    joinedload(MergerFacts.merger),
    joinedload(MergerFacts.other).undefer(Organization.called),
)


_NAMES = selectinload(Organization.names), selectinload(Organization.official)


def pair(
    session: Session, survivor_id: str, other_id: str, *, locked: bool = False
) -> tuple[Organization, Organization]:
    """The two organisations; refuses with MergeIntoItself, with NotFound, and with OrganizationMerged.

    Both are `locked` in one order, so that of two who merge them at once the second finds them merged.
    """
    if survivor_id == other_id:
        raise MergeIntoItself("otherId")
    query = select(Organization).where(Organization.id.in_((survivor_id, other_id))).order_by(Organization.id)
    query = query.options(*_NAMES).execution_options(populate_existing=True)
    found = {each.id: each for each in session.scalars(query.with_for_update() if locked else query)}
    for id_, field in ((survivor_id, "survivorId"), (other_id, "otherId")):
        if id_ not in found:
            raise NotFound(field)
    return found[survivor_id], found[other_id]


def preview_of(session: Session, survivor: Organization, other: Organization, choices: Choices) -> Preview:
    """What their merger would do; refuses with OrganizationMerged where one of them is merged already."""
    survivor.check_stands("survivorId")
    other.check_stands("otherId")
    own, its = (memberships_of(session, one_with(session, each.id)) for each in (survivor, other))
    return preview(survivor, other, choices, own, its)


def merger(session: Session, merger_id: str) -> MergerFacts:
    """The merger with its two organisations, locked until this transaction ends; refuses with NotFound."""
    found = session.get(MergerFacts, merger_id)
    if found is None:
        raise NotFound("mergerId")
    pair(session, found.survivor_id, found.other_id, locked=True)
    both = (joinedload(each).options(*_NAMES) for each in (MergerFacts.survivor, MergerFacts.other))
    again = select(MergerFacts).where(MergerFacts.id == merger_id).options(joinedload(MergerFacts.merger), *both)
    return session.scalars(again.execution_options(populate_existing=True)).one()


def check_latest(session: Session, merger: Merger) -> None:
    """Refuses with UnmergeLaterFirst where the survivor was merged again since, in either part."""
    both = (Merger.survivor_id == merger.survivor_id) | (Merger.other_id == merger.survivor_id)
    later = select(Merger).where(both, Merger.unmerged_at.is_(None), Merger.id > merger.id).order_by(Merger.id.desc())
    if last := session.scalars(later.limit(1)).first():
        survivor, other = (session.get_one(Organization, id_) for id_ in (last.survivor_id, last.other_id))
        raise UnmergeLaterFirst("mergerId", survivor=survivor.name_zh, other=other.name_zh)


def mergers(session: Session, *, stretch: Stretch = START) -> Page[MergerFacts]:
    """All mergers, the newest first."""
    query = select(MergerFacts).options(*_WHOLE)
    return page(session, query, stretch, orders=newest_first(MergerFacts.id))


def mergers_by_id(session: Session, ids: list[str]) -> Sequence[MergerFacts]:
    """Those of these mergers that exist, in no particular order."""
    return session.scalars(select(MergerFacts).where(MergerFacts.id.in_(ids)).options(*_WHOLE)).all()


def mergers_of_organizations(session: Session, organization_ids: list[str]) -> Sequence[tuple[str, MergerFacts]]:
    """The mergers that stand of all that are one with these organisations, each with the survivor, the newest first."""
    query = (
        select(Organization.survivor_id, MergerFacts)
        .join(Organization, Organization.id == MergerFacts.other_id)
        .join(Merger, Merger.id == MergerFacts.id)
        .where(Organization.survivor_id.in_(organization_ids), Merger.unmerged_at.is_(None))
        .options(*_WHOLE)
        .order_by(MergerFacts.id.desc())
    )
    return [(str(survivor_id), facts) for survivor_id, facts in session.execute(query)]
