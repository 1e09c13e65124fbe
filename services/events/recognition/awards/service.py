"""Awards on the wire: everybody sees them."""

from __future__ import annotations

from typing import Any

from contracts.events.recognition import awards_forms as forms
from contracts.events.recognition.awards import AwardTableBy
from contracts.forms import ByIds
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from services.events.editions.editions import queries as editions
from services.events.recognition.awards import queries
from services.events.recognition.awards.schemas import award_view, line_view
from services.events.rights import SEES_AWARD

MOST_LINES = 1_000


class AwardsService(Service):
    """Awards on final results, organisation awards, and the tables of provinces and institutions."""

    @query(forms.Awards, shows=SEES_AWARD)
    def awards(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.awards(session, **which).view(award_view(queries.concerns(session)))

    @query(ByIds, shows=SEES_AWARD)
    def awards_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        view = award_view(queries.concerns(session))
        return rendered(queries.awards_by_id(session, ids), view)

    @query(forms.AwardTable)
    def award_table(
        self, session: Session, *, competition_id: str, by: AwardTableBy, round_id: str | None = None
    ) -> list[dict[str, Any]]:
        """At most 1,000 lines, the first ones."""
        edition = editions.edition(session, competition_id)
        lines = queries.award_table(session, edition_id=edition.id, by=by, round_id=round_id)
        return rendered(lines[:MOST_LINES], line_view)
