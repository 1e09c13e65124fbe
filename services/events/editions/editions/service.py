"""Editions on the wire: everybody sees what is published, with its tracks, rounds and stages."""

from __future__ import annotations

from typing import Any

from contracts.browsing import Stretch
from contracts.events.editions import editions_forms as forms
from contracts.forms import ByIds
from kit.calls.histories import concerning, histories
from kit.calls.rpc import query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from services.events.editions.editions import queries
from services.events.editions.editions.model import Edition, Track
from services.events.editions.editions.schemas import competition_view, round_view, stage_view, track_view
from services.events.rights import RUNS, SEES_EDITION


class EditionsService(Service):
    """What is laid out for an edition is shown here; it is laid out by the kind of event that it is."""

    @query(forms.Competitions, shows=SEES_EDITION)
    def competitions(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.competitions(session, **which).view(competition_view)

    @query(forms.ActionsOnCompetitions, shows=SEES_EDITION)
    def actions_on_competitions(self, session: Session, *, competition_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.competitions_by_id(session, competition_ids)
        return self.actions_on(session, found, kind=Edition, whose="competition_id")

    @query(forms.HistoryOfCompetitions, shows=RUNS)
    def history_of_competitions(
        self, session: Session, *, competition_ids: list[str], stretch: Stretch
    ) -> list[dict[str, Any]]:
        found = concerning(session, RUNS, queries.competitions_by_id(session, competition_ids))
        return histories(session, found, whose="competition_id", stretch=stretch)

    @query(ByIds, shows=SEES_EDITION)
    def competitions_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.competitions_by_id(session, ids), competition_view)

    @query(ByIds, shows=SEES_EDITION)
    def tracks_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.tracks_by_id(session, ids), track_view)

    @query(forms.ActionsOnTracks, shows=SEES_EDITION)
    def actions_on_tracks(self, session: Session, *, track_ids: list[str]) -> list[dict[str, Any]]:
        found = queries.tracks_with_editions(session, track_ids)
        return self.actions_on(session, found, kind=Track, whose="track_id")

    @query(ByIds, shows=SEES_EDITION)
    def rounds_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.rounds_by_id(session, ids), round_view)

    @query(ByIds, shows=SEES_EDITION)
    def stages_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.stages_by_id(session, ids), stage_view)

    @query(forms.Stages, shows=SEES_EDITION)
    def stages(self, session: Session, *, round_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.stages(session, round_ids=round_ids), stage_view)
