"""Competitions on the wire: organisers prepare, publish, repeat and amend them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from contracts.forms import Page
from kit.authz import require
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from services.events.competitions import commands, queries, schemas
from services.events.competitions.model import Series
from services.events.competitions.queries import organizes
from services.events.competitions.repeating import open_next_edition
from services.events.competitions.schemas import (
    competition_view,
    round_view,
    rule_set_view,
    series_view,
    stage_view,
    track_view,
)


class CompetitionsService(Service):
    """Series and their editions. A series is founded by the hub office, which then names its organisers."""

    @command(schemas.FoundSeries)
    def found_series(self, session: Session, **entry: Any) -> dict[str, Any]:
        require(session)
        return series_view(commands.found_series(session, **entry))

    @command(schemas.DraftCompetition)
    def draft_competition(
        self,
        session: Session,
        *,
        series_id: str | None = None,
        series: dict[str, Any] | None = None,
        **facts: Any,
    ) -> dict[str, Any]:
        held = self._series(session, series_id, series, facts.get("alliance_id"))
        return competition_view(commands.draft_competition(session, series=held, **_planned(facts)))

    @command(schemas.OneCompetition)
    def publish_competition(self, session: Session, *, competition_id: str) -> dict[str, Any]:
        edition = queries.edition(session, competition_id)
        require(session, organizes(edition.series_id))
        return competition_view(commands.publish_competition(session, edition=edition))

    @command(schemas.ChangeDraft)
    def change_draft(self, session: Session, *, competition_id: str, **layout: Any) -> dict[str, Any]:
        edition = queries.edition(session, competition_id)
        require(session, organizes(edition.series_id))
        return competition_view(commands.change_draft(session, edition=edition, **_planned(layout)))

    @command(schemas.OneCompetition)
    def discard_draft(self, session: Session, *, competition_id: str) -> dict[str, Any]:
        edition = queries.edition(session, competition_id)
        require(session, organizes(edition.series_id))
        view = competition_view(edition)
        commands.discard_draft(session, edition=edition)
        return view

    @command(schemas.OpenNextEdition)
    def open_next_edition(
        self, session: Session, *, competition_id: str, opens_at: datetime, number: int | None = None
    ) -> dict[str, Any]:
        last = queries.edition(session, competition_id)
        require(session, organizes(last.series_id))
        return competition_view(open_next_edition(session, last=last, opens_at=opens_at, number=number))

    @command(schemas.AmendRules)
    def amend_rules(
        self, session: Session, *, competition_id: str, rules: dict[str, Any], reason: str
    ) -> dict[str, Any]:
        edition = queries.edition(session, competition_id)
        require(session, organizes(edition.series_id))
        return rule_set_view(commands.amend_rules(session, edition=edition, rules=rules, reason=reason))

    @query(Page)
    def series(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.all_series(session, **which).view(series_view)

    @query(schemas.ByIds)
    def series_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [series_view(found) for found in queries.series_by_id(session, ids)]

    @query(schemas.Competitions)
    def competitions(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.competitions(session, **which).view(competition_view)

    @query(schemas.ByIds)
    def competitions_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [competition_view(found) for found in queries.competitions_by_id(session, ids)]

    @query(schemas.ByIds)
    def tracks_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [track_view(found) for found in queries.tracks_by_id(session, ids)]

    @query(schemas.ByIds)
    def rounds_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [round_view(found) for found in queries.rounds_by_id(session, ids)]

    @query(schemas.ByIds)
    def stages_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return [stage_view(found) for found in queries.stages_by_id(session, ids)]

    @query(schemas.OfRounds)
    def stages(self, session: Session, *, round_ids: list[str]) -> list[dict[str, Any]]:
        return [stage_view(found) for found in queries.stages(session, round_ids=round_ids)]

    @query(schemas.OfCompetitions)
    def rule_sets(self, session: Session, *, competition_ids: list[str]) -> list[dict[str, Any]]:
        return [rule_set_view(found) for found in queries.rule_sets(session, competition_ids=competition_ids)]

    def _series(
        self, session: Session, series_id: str | None, new: dict[str, Any] | None, alliance_id: str | None
    ) -> Series:
        """The series that the viewer organises, or the new one that the hub office founds with its first edition."""
        if series_id:
            series = queries.one_series(session, series_id)
            require(session, organizes(series.id))
            return series
        require(session)
        return commands.found_series(session, **(new or {}), alliance_id=alliance_id)


def _planned(layout: dict[str, Any]) -> dict[str, Any]:
    """The layout with what belongs to the plan put together; what was not said stands for nothing special."""
    given = {name: layout.pop(name, None) for name in ("tracks", "rounds", "phases", "rules")}
    nothing: dict[str, Any] = {"tracks": [], "rounds": [], "phases": [], "rules": {}}
    return {**layout, "plan": {name: value or nothing[name] for name, value in given.items()}}
