"""Series on the wire: the hub office founds them, alliances consent to them, everybody sees them."""

from __future__ import annotations

from typing import Any

from contracts.events.editions import series_forms as forms
from contracts.forms import ByIds
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from kit.rights.right import HUB_OFFICE
from services.events.editions.series import commands, queries
from services.events.editions.series.schemas import consent_view, series_view
from services.events.rights import SPEAKS_FOR_ALLIANCE


class SeriesService(Service):
    """A series is founded by the hub office, which then names its organisers."""

    @command(forms.FoundSeries, right=HUB_OFFICE)
    def found_series(self, session: Session, **entry: Any) -> dict[str, Any]:
        require(session, HUB_OFFICE)
        return series_view(commands.found_series(session, **entry))

    @command(forms.ConsentToSeries, right=SPEAKS_FOR_ALLIANCE)
    def consent_to_series(self, session: Session, *, series_id: str, alliance_id: str) -> dict[str, Any]:
        require(session, SPEAKS_FOR_ALLIANCE, alliance_id=alliance_id)
        series = queries.one_series(session, series_id)
        return series_view(commands.consent_to_series(session, series=series, alliance_id=alliance_id))

    @command(forms.WithdrawConsent, right=SPEAKS_FOR_ALLIANCE)
    def withdraw_consent(self, session: Session, *, series_id: str, alliance_id: str) -> dict[str, Any]:
        require(session, SPEAKS_FOR_ALLIANCE, alliance_id=alliance_id)
        series = queries.one_series(session, series_id)
        return series_view(commands.withdraw_consent(session, series=series, alliance_id=alliance_id))

    @query(forms.AllianceConsents)
    def alliance_consents(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.alliance_consents(session, **which).view(consent_view)

    @query(forms.Series)
    def series(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.all_series(session, **which).view(series_view)

    @query(ByIds)
    def series_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.series_by_id(session, ids), series_view)
