"""Mergers on the wire: the hub office merges any two organisations, the office of a province two of its own."""

from __future__ import annotations

from typing import Any

from contracts.alliances.merging import mergers_forms as forms
from contracts.alliances.merging.mergers import DuplicateReason, MergedField, MergeGround, MergeSide
from contracts.forms import ByIds
from contracts.refusals import GivenTwice
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from services.alliances.membership.memberships.commands import UNMERGED
from services.alliances.merging.mergers import commands, queries
from services.alliances.merging.mergers.finding import duplicates
from services.alliances.merging.mergers.preview import Choices
from services.alliances.merging.mergers.schemas import MergerViews, pair_view, preview_view
from services.alliances.merging.mergers.settings import MergerSettings
from services.alliances.registry.organizations.model import Organization
from services.alliances.rights import MERGES


class MergingService(Service):
    """Two organisations that are one: looked at before, done at once, undone within some days."""

    @query(forms.PreviewMerge, right=MERGES)
    def preview_merge(
        self, session: Session, *, survivor_id: str, other_id: str, choices: list[dict[str, Any]] | None = None
    ) -> dict[str, Any]:
        pair = self._pair(session, survivor_id, other_id)
        return preview_view(queries.preview_of(session, *pair, _chosen(choices or [])))

    @command(forms.MergeOrganizations, right=MERGES)
    def merge_organizations(
        self,
        session: Session,
        *,
        survivor_id: str,
        other_id: str,
        ground: MergeGround,
        digest: str,
        choices: list[dict[str, Any]] | None = None,
    ) -> dict[str, Any]:
        pair = self._pair(session, survivor_id, other_id, locked=True)
        preview = queries.preview_of(session, *pair, _chosen(choices or []))
        facts = commands.merge_organizations(session, preview=preview, ground=ground, digest=digest)
        return self._views.merger(facts)

    @command(forms.UnmergeOrganizations, right=MERGES)
    def unmerge_organizations(self, session: Session, *, merger_id: str, reason: str) -> dict[str, Any]:
        facts = queries.merger(session, merger_id)
        _require(session, facts.survivor, facts.other)
        days = self.runtime.settings.of(MergerSettings).unmerge_days
        back = commands.unmerge_organizations(session, facts=facts, days=days, reason=reason)
        for unmerged in self.hooked(UNMERGED):
            unmerged(session, back)
        return self._views.merger(facts)

    @query(forms.Duplicates, right=MERGES)
    def duplicates(
        self, session: Session, *, reason: DuplicateReason, province: str | None = None, **which: Any
    ) -> dict[str, Any]:
        """All of them for the hub office; the office of a province names its own."""
        require(session, MERGES, province=province)
        found = duplicates(session, reason=reason, province=province, **which)
        return found.view(lambda pair: pair_view(pair, reason))

    @query(forms.Mergers)
    def mergers(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.mergers(session, **which).view(self._views.merger)

    @query(ByIds)
    def mergers_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.mergers_by_id(session, ids), self._views.merger)

    @query(forms.MergersOfOrganizations)
    def mergers_of_organizations(self, session: Session, *, organization_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.mergers_of_organizations(session, organization_ids), self._views.of_organization)

    def _pair(
        self, session: Session, survivor_id: str, other_id: str, *, locked: bool = False
    ) -> tuple[Organization, Organization]:
        """The two organisations, if the viewer may merge them."""
        pair = queries.pair(session, survivor_id, other_id, locked=locked)
        _require(session, *pair)
        return pair

    @property
    def _views(self) -> MergerViews:
        return MergerViews(self.runtime.settings.of(MergerSettings).unmerge_days)


def _require(session: Session, *organizations: Organization) -> None:
    """Go on only for who may merge each of them: an office of a province does so within its own."""
    for each in organizations:
        require(session, MERGES, province=each.keys["province"])


def _chosen(choices: list[dict[str, Any]]) -> Choices:
    """The choices by field; refuses with GivenTwice."""
    found: dict[MergedField, MergeSide] = {}
    for each in choices:
        if each["field"] in found:
            raise GivenTwice("choices", value=each["field"])
        found[each["field"]] = each["keep"]
    return found
