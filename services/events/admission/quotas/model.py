"""Quotas (名额): the places of a track as a tree, region → province → prefecture → county → institution."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.events.admission.quotas import QuotaLevel
from contracts.regions import path, region
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from procedures.quotas.places import Places, conserved
from services.events.directory.model import Organization
from services.events.editions.editions.model import Track
from services.events.tables import EventsTable

LEVELS = {"province": QuotaLevel.PROVINCE, "prefecture": QuotaLevel.PREFECTURE, "county": QuotaLevel.COUNTY}
WHOLE = ""
"""The region of the quota at the root, which lies around every province."""


class Quota(Places, Subject, EventsTable):
    """The places of one holder in a track: the whole region, a part of it, or an institution.

    What its books hold is said in `procedures.quotas.places`; the sum of all that is allotted in a tree is what was issued at
    its root.

    An entry takes its place from the most particular quota that its institution has part in; one row, which it changes
    last, and in which the end of the entry window is set (`closed`).
    """

    __tablename__ = "quota_tree"
    subject = "quota"
    __table_args__ = (
        Index("uq_quota_tree_region", "track_id", "region", unique=True, **only_where("organization_id IS NULL")),
        Index("uq_quota_tree_organization", "track_id", "organization_id", unique=True),
        Index("ix_quota_tree_parent", "parent_id", "id"),
        *conserved(),
    )

    track_id: Mapped[Id] = mapped_column(ForeignKey("tracks.id"))
    parent_id: Mapped[Id | None] = mapped_column(ForeignKey("quota_tree.id"))
    level: Mapped[str]
    region: Mapped[str]
    province: Mapped[str]
    organization_id: Mapped[Id | None]
    track: Mapped[Track] = relationship(lazy="raise_on_sql")

    @property
    def holder(self) -> str:
        """The id of the institution or the code of the region that holds it."""
        return self.organization_id or self.region

    def surrounds(self, code: str) -> bool:
        """Whether the region of this code lies within the holder's, and is not the same."""
        if self.organization_id:
            return False
        around = [step.code for step in path(code)[:-1]]
        return self.region == WHOLE or self.region in around


def covering(organization: Organization) -> list[str]:
    """The regions whose quota an institution has part in: the whole, its province, and what lies between."""
    return [WHOLE, *(step.code for step in path(organization.region))]


def level_of(code: str) -> QuotaLevel:
    """The level of a region's quota; `code` is one that GB/T 2260 has, or empty for the whole."""
    found = region(code)
    return LEVELS[found.level] if found else QuotaLevel.REGION
