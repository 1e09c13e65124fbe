"""The team of a competition on the wire: for those who run or supervise it."""

from __future__ import annotations

from typing import Any

from contracts.events.judging import team_forms as forms
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.rights.asking import require
from services.events.editions.editions import queries as editions
from services.events.judging.team import queries
from services.events.judging.team.schemas import team_member_view
from services.events.rights import OVERSEES


class TeamService(Service):
    """Who organises, supervises, judges, arbitrates and leads a delegation."""

    @query(forms.Team, right=OVERSEES)
    def team(self, session: Session, *, competition_id: str, **which: Any) -> dict[str, Any]:
        edition = editions.edition(session, competition_id)
        require(session, OVERSEES, series_id=edition.series_id)
        return queries.team(session, edition, **which).view(team_member_view)
