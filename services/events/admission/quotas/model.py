"""Quotas (名额): the places of a track as a tree, region → province → prefecture → county → institution."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from contracts.events.admission.quotas import QuotaLevel
from contracts.regions import path, region
from kit.data.db import Id, only_where
from kit.data.subjects import Subject
from services.events.directory.model import Organization
from services.events.editions.editions.model import Track
from services.events.tables import EventsTable

LEVELS = {"province": QuotaLevel.PROVINCE, "prefecture": QuotaLevel.PREFECTURE, "county": QuotaLevel.COUNTY}
WHOLE = ""
"""The region of the quota at the root, which lies around every province."""


class Quota(Subject, EventsTable):
    """The places of one holder in a track: the whole region, a part of it, or an institution.

    Of the `issued` places `allocated` are with those below, `returned` went back to the quota above, and `held` are
    here: `taken` by entries that stand, `offered` to entries that wait, the others free. What comes back from below
    is no longer allocated but held, so at every quota and at every moment allocated + returned + held = issued, and the
    sum of all that is held in a tree is what was issued at its root. The database holds this.

    An entry takes its place from the most particular quota that its institution has part in; one row, which it changes
    last. `closed` is the last word on the entry window, set in the row that every entry must change. An `unlimited`
    quota counts and never refuses. `waiting` is how many entries wait for a place here, whom newcomers must not overtake;
    `freed` how many places entries have given back so far.
    """

    __tablename__ = "quota_tree"
    subject = "quota"
    __table_args__ = (
        Index("uq_quota_tree_region", "track_id", "region", unique=True, **only_where("organization_id IS NULL")),
        Index("uq_quota_tree_organization", "track_id", "organization_id", unique=True),
        Index("ix_quota_tree_parent", "parent_id", "id"),
        CheckConstraint("allocated + returned + held = issued", name="conserved"),
        CheckConstraint(
            "allocated >= 0 AND returned >= 0 AND held >= 0 AND taken >= 0 AND offered >= 0 AND waiting >= 0",
            name="counts",
        ),
        CheckConstraint("unlimited OR taken + offered <= held", name="never_oversold"),
    )

    track_id: Mapped[Id] = mapped_column(ForeignKey("tracks.id"))
    parent_id: Mapped[Id | None] = mapped_column(ForeignKey("quota_tree.id"))
    level: Mapped[str]
    region: Mapped[str]
    province: Mapped[str]
    organization_id: Mapped[Id | None]
    issued: Mapped[int]
    allocated: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    held: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    offered: Mapped[int] = mapped_column(default=0)
    waiting: Mapped[int] = mapped_column(default=0)
    freed: Mapped[int] = mapped_column(default=0)
    unlimited: Mapped[bool] = mapped_column(default=False)
    closed: Mapped[bool] = mapped_column(default=False)
    track: Mapped[Track] = relationship(lazy="raise_on_sql")

    @property
    def free(self) -> int:
        """How many places an entry could take here."""
        return self.held - self.taken - self.offered

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
