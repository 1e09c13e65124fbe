"""Sight: whose entries the viewer may see by name: all for those who run a competition, else those of their delegation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, false

from kit.data.db import Session
from kit.rights.asking import holds
from services.events.admission.entries.model import Entry
from services.events.editions.editions.model import Edition
from services.events.rights import ORGANIZES, RUNS, STANDS_FOR


@dataclass(frozen=True, slots=True)
class Sight:
    """`runs`: organisers and the hub office. `inside`: supervisors and arbitrators too, who see rows but no names.

    `own` are the entries of their institutions, provinces and delegations, and `stands_for` tells whose those are.
    """

    runs: bool
    inside: bool
    own: ColumnElement[bool]
    stands_for: Callable[..., bool]
    series_id: str

    @property
    def own_only(self) -> bool:
        return not self.inside

    @property
    def nothing_of_their_own(self) -> bool:
        return self.own is false()

    def names(self, organization_id: str, province: str) -> bool:
        """Whether personal data of an entry may be shown."""
        return self.runs or self.stands_for(
            organization_id=organization_id, province=province, series_id=self.series_id
        )


def sight(session: Session, edition: Edition) -> Sight:
    """What the viewer's grants say about an edition."""
    stands_for, series_id = STANDS_FOR.exactly(), edition.series_id
    return Sight(
        runs=holds(session, ORGANIZES, series_id=series_id),
        inside=holds(session, RUNS, series_id=series_id),
        own=stands_for.rows(
            session, organization_id=Entry.organization_id, province=Entry.province, series_id=series_id
        ),
        stands_for=stands_for.test(session),
        series_id=series_id,
    )
