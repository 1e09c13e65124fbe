"""Dismissals on the wire: who may merge two organisations may say that they are two."""

from __future__ import annotations

from typing import Any

from contracts.alliances.merging import dismissals_forms as forms
from contracts.alliances.merging.mergers import MergeIntoItself
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from services.alliances.merging.dismissals import commands, queries
from services.alliances.merging.dismissals.schemas import dismissal_view
from services.alliances.registry.organizations.model import Organization
from services.alliances.registry.organizations.queries import organization as find_organization
from services.alliances.rights import MERGES


class DismissalsService(Service):
    """A pair that was looked at once is not suggested for ever."""

    @command(forms.DismissDuplicate, right=MERGES)
    def dismiss_duplicate(
        self, session: Session, *, organization_id: str, other_id: str, reason: str
    ) -> dict[str, Any]:
        if organization_id == other_id:
            raise MergeIntoItself("otherId")
        earlier, later = (find_organization(session, id_) for id_ in sorted((organization_id, other_id)))
        _require(session, earlier, later)
        return dismissal_view(commands.dismiss_duplicate(session, earlier=earlier, later=later, reason=reason))

    @command(forms.RestoreDuplicate, right=MERGES)
    def restore_duplicate(self, session: Session, *, dismissal_id: str, reason: str) -> dict[str, Any]:
        dismissal = queries.dismissal(session, dismissal_id)
        _require(session, dismissal.earlier, dismissal.later)
        return dismissal_view(commands.restore_duplicate(session, dismissal=dismissal, reason=reason))

    @query(forms.Dismissals, right=MERGES)
    def dismissals(self, session: Session, *, province: str | None = None, **which: Any) -> dict[str, Any]:
        require(session, MERGES, province=province)
        return queries.dismissals(session, province=province, **which).view(dismissal_view)


def _require(session: Session, *organizations: Organization) -> None:
    for each in organizations:
        require(session, MERGES, province=each.keys["province"])
