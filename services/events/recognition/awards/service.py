"""Awards on the wire: organisers give and withdraw them, everybody sees them."""

from __future__ import annotations

from typing import Any

from contracts.events.recognition.awards import AwardTableBy, WithdrawalGround
from kit.authz import require
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from services.events.competitions import queries as competitions
from services.events.competitions.queries import organizes
from services.events.recognition.awards import commands, queries, schemas
from services.events.recognition.awards.schemas import award_view, line_view

MOST_LINES = 1_000


class AwardsService(Service):
    """Awards on final results, organisation awards, and the tables of provinces and institutions."""

    @command(schemas.OneStage)
    def grant_awards(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        stage = competitions.stage(session, stage_id)
        require(session, organizes(stage.edition.series_id))
        return {"granted": commands.grant_awards(session, stage=stage)}

    @command(schemas.OneCompetition)
    def grant_organization_awards(self, session: Session, *, competition_id: str) -> dict[str, Any]:
        edition = competitions.edition(session, competition_id)
        require(session, organizes(edition.series_id))
        return {"granted": commands.grant_organization_awards(session, edition=edition)}

    @command(schemas.WithdrawAward)
    def withdraw_award(
        self, session: Session, *, award_id: str, ground: WithdrawalGround, reason: str
    ) -> dict[str, Any]:
        award = queries.award(session, award_id)
        require(session, organizes(award.granting.edition.series_id))
        withdrawn = commands.withdraw_award(session, award=award, ground=ground, reason=reason)
        return award_view(queries.concerns(session))(withdrawn)

    @query(schemas.Awards)
    def awards(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.awards(session, **which).view(award_view(queries.concerns(session)))

    @query(schemas.ByIds)
    def awards_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        view = award_view(queries.concerns(session))
        return [view(found) for found in queries.awards_by_id(session, ids)]

    @query(schemas.AwardTable)
    def award_table(
        self, session: Session, *, competition_id: str, by: AwardTableBy, round_id: str | None = None
    ) -> list[dict[str, Any]]:
        """At most 1,000 lines, the first ones."""
        edition = competitions.edition(session, competition_id)
        lines = queries.award_table(session, edition_id=edition.id, by=by, round_id=round_id)
        return [line_view(line) for line in lines[:MOST_LINES]]
