"""Quotas on the wire: everybody sees where the places are."""

from __future__ import annotations

from typing import Any

from contracts.events.admission import quotas_forms as forms
from contracts.forms import ByIds
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from services.events.admission.quotas import queries
from services.events.admission.quotas.schemas import province_view, quota_view
from services.events.rights import SEES_EDITION


class QuotasService(Service):
    """Each province's places in sum, and the tree of who holds them."""

    @query(forms.Quotas, shows=SEES_EDITION)
    def quotas(self, session: Session, *, track_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.quotas(session, track_ids=track_ids), province_view)

    @query(forms.QuotaTree, shows=SEES_EDITION)
    def quota_tree(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.quota_tree(session, **which).view(quota_view)

    @query(ByIds, shows=SEES_EDITION)
    def quotas_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.quotas_by_id(session, ids), quota_view)
