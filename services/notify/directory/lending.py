"""Lending: whoever represents an organisation represents all that are one with it, for as long as they are.

Each such time is a tenure of its own, worked out from the tenures that were granted and all mergers that are known, so that it
comes out the same in whatever order they become known.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select

from contracts.authority import Role
from kit.data.db import Session
from kit.rights.mergers import Merger
from services.notify.directory.model import Tenure
from services.notify.directory.oneness import Merged, Together, concerned, together


def lend(session: Session, organization_ids: Collection[str]) -> list[str]:
    """Work out anew who represents what is one with these organisations; returns what made new times known.

    These are ids of grants, of a made-up grant for each organisation on which one counts beside its own.
    """
    mergers, ids = concerned(_mergers(session, organization_ids), organization_ids)
    if not mergers:
        return []
    tenures = session.scalars(_representing(ids).with_for_update()).all()
    known = {(each.grant_id, each.granted_at): each for each in tenures if each.lent}
    wanted = {(each.grant_id, each.granted_at): each for each in _lent(tenures, together(mergers))}
    for key in known.keys() - wanted.keys():
        session.delete(known[key])
    for key in known.keys() & wanted.keys():
        known[key].revoked_at = wanted[key].revoked_at
    new = sorted(wanted.keys() - known.keys())
    session.add_all(wanted[key] for key in new)
    session.flush()
    return [grant_id for grant_id, _ in new]


def _mergers(session: Session, ids: Collection[str]) -> list[Merged]:
    """All that are known, where one of them concerns one of these organisations."""
    theirs = select(Merger.id).where(or_(Merger.survivor_id.in_(ids), Merger.other_id.in_(ids)))
    if session.scalar(theirs.limit(1)) is None:
        return []
    columns = Merger.merged_at, Merger.id, Merger.other_id, Merger.survivor_id, Merger.unmerged_at
    return [Merged(*row) for row in session.execute(select(*columns))]


def _representing(organization_ids: Collection[str]) -> Select[Tenure]:
    on_one = Tenure.scope_type == "organization", Tenure.scope_id.in_(organization_ids)
    query = select(Tenure).where(*on_one, Tenure.role == Role.REPRESENTATIVE)
    return query.order_by(Tenure.grant_id, Tenure.granted_at)


def _lent(tenures: Sequence[Tenure], times: Mapping[str, list[Together]]) -> Iterator[Tenure]:
    """What counts beside what was granted: on each other organisation while it is one with that of the grant."""
    for tenure in tenures:
        if not tenure.lent:
            for time in times.get(tenure.scope_id, ()):
                since, until = max(tenure.granted_at, time.since), _first(tenure.revoked_at, time.until)
                if until is None or since < until:
                    yield _on(tenure, time.other, since, until)


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((each for each in (one, other) if each), default=None)


def _on(tenure: Tenure, organization_id: str, since: datetime, until: datetime | None) -> Tenure:
    return Tenure(
        grant_id=str(uuid.uuid5(uuid.UUID(tenure.grant_id), organization_id)),
        granted_at=since,
        revoked_at=until,
        person=tenure.person,
        role=tenure.role,
        scope_type=tenure.scope_type,
        scope_id=organization_id,
        lent=True,
    )
