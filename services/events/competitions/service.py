"""Competitions on the wire: organisers prepare, publish, repeat and amend them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from contracts.events.competitions import competitions_forms as forms
from contracts.events.competitions.readiness_forms import Shortcomings
from contracts.events.editions.phases_forms import MovePhase
from contracts.events.editions.presentations_forms import PresentCompetition
from kit.calls.acting import Acts, by_now
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require
from kit.rights.right import HUB_OFFICE
from services.events.competitions import cancelling, commands, correcting
from services.events.competitions.lacking import shortcomings
from services.events.competitions.planning import PartOfPlan
from services.events.competitions.presenting import present_competition
from services.events.competitions.repeating import open_next_edition
from services.events.competitions.schemas import shortcoming_view
from services.events.competitions.settings import CompetitionSettings
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import edition as edition_of
from services.events.editions.editions.schemas import competition_view
from services.events.editions.phases.queries import phase as find_phase
from services.events.editions.phases.schemas import phase_view
from services.events.editions.presentations.model import PARTS as PRESENTED
from services.events.editions.rulesets.schemas import rule_set_view
from services.events.editions.series.commands import found_series
from services.events.editions.series.model import Series
from services.events.editions.series.queries import one_series
from services.events.rights import ORGANIZES

PARTS = ("tracks", "rounds", "phases", "rules")
"""What a plan is made of."""


class CompetitionsService(Service):
    """Competitions are laid out, published and amended by the organisers of their series."""

    @command(forms.DraftCompetition, right=ORGANIZES)
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

    @command(
        forms.PublishCompetition, right=ORGANIZES, acts=Acts(Edition, knowing=by_now(Edition.check_can_be_published))
    )
    def publish_competition(self, session: Session, *, competition_id: str) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        return competition_view(commands.publish_competition(session, edition=edition))

    @command(forms.ChangeDraft, right=ORGANIZES, acts=Acts(Edition, Edition.check_draft))
    def change_draft(self, session: Session, *, competition_id: str, **layout: Any) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        given = {name: value for name, value in layout.items() if value is not None}
        plan = cast(PartOfPlan, {name: given.pop(name) for name in PARTS if name in given})
        return competition_view(commands.change_draft(session, edition=edition, changes=given, plan=plan))

    @command(forms.DiscardDraft, right=ORGANIZES, acts=Acts(Edition, Edition.check_draft))
    def discard_draft(self, session: Session, *, competition_id: str) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        view = competition_view(edition)
        commands.discard_draft(session, edition=edition)
        return view

    @command(forms.OpenNextEdition, right=ORGANIZES, acts=Acts(Edition))
    def open_next_edition(
        self, session: Session, *, competition_id: str, opens_at: datetime, number: int | None = None
    ) -> dict[str, Any]:
        last = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=last.series_id)
        return competition_view(open_next_edition(session, last=last, opens_at=opens_at, number=number))

    @command(PresentCompetition, right=ORGANIZES, acts=Acts(Edition, Edition.check_not_cancelled))
    def present_competition(
        self, session: Session, *, competition_id: str, reason: str | None = None, **parts: Any
    ) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        given = {name: parts[name] for name in PRESENTED if parts.get(name) is not None}
        present_competition(session, edition=edition, parts=given, reason=reason)
        return competition_view(edition)

    @command(forms.AmendRules, right=ORGANIZES, acts=Acts(Edition, Edition.check_goes_on))
    def amend_rules(
        self, session: Session, *, competition_id: str, rules: dict[str, Any], reason: str
    ) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        return rule_set_view(commands.amend_rules(session, edition=edition, rules=rules, reason=reason))

    @command(forms.RenameCompetition, right=ORGANIZES, acts=Acts(Edition, Edition.check_published))
    def rename_competition(
        self, session: Session, *, competition_id: str, name_zh: str, name_en: str, reason: str
    ) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        names = {"name_zh": name_zh, "name_en": name_en}
        return competition_view(correcting.rename_competition(session, edition=edition, **names, reason=reason))

    @command(forms.MoveEntryWindow, right=ORGANIZES, acts=Acts(Edition, knowing=by_now(Edition.check_entries_move)))
    def move_entry_window(self, session: Session, *, competition_id: str, reason: str, **times: Any) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        return competition_view(correcting.move_entry_window(session, edition=edition, reason=reason, **times))

    @command(forms.PostponeCompetition, right=ORGANIZES, acts=Acts(Edition, knowing=correcting.postponable))
    def postpone_competition(self, session: Session, *, competition_id: str, days: int, reason: str) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        return competition_view(correcting.postpone_competition(session, edition=edition, days=days, reason=reason))

    @command(forms.CancelCompetition, right=ORGANIZES, acts=Acts(Edition, knowing=cancelling.cancellable))
    def cancel_competition(self, session: Session, *, competition_id: str, reason: str) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        days = self.runtime.settings.of(CompetitionSettings).reinstate
        return competition_view(cancelling.cancel_competition(session, edition=edition, reason=reason, reinstate=days))

    @command(forms.ReinstateCompetition, right=ORGANIZES, acts=Acts(Edition, knowing=cancelling.reinstatable))
    def reinstate_competition(self, session: Session, *, competition_id: str, reason: str) -> dict[str, Any]:
        edition = edition_of(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        return competition_view(cancelling.reinstate_competition(session, edition=edition, reason=reason))

    @command(MovePhase, right=ORGANIZES)
    def move_phase(
        self, session: Session, *, phase_id: str, opens_at: datetime, closes_at: datetime, reason: str
    ) -> dict[str, Any]:
        phase = find_phase(session, phase_id)
        require(session, ORGANIZES, series_id=phase.round.edition.series_id)
        moved = correcting.move_phase(session, phase=phase, opens_at=opens_at, closes_at=closes_at, reason=reason)
        return phase_view(moved)

    @query(Shortcomings, shows=ORGANIZES)
    def shortcomings(self, session: Session, *, competition_ids: list[str]) -> list[dict[str, Any]]:
        return rendered(shortcomings(session, competition_ids=competition_ids), shortcoming_view)

    def _series(
        self, session: Session, series_id: str | None, new: dict[str, Any] | None, alliance_id: str | None
    ) -> Series:
        """The series that the viewer organises, or the new one that the hub office founds with its first edition."""
        if series_id:
            series = one_series(session, series_id)
            require(session, ORGANIZES, series_id=series.id)
            return series
        require(session, HUB_OFFICE)
        return found_series(session, **(new or {}), alliance_id=alliance_id)


def _planned(layout: dict[str, Any]) -> dict[str, Any]:
    """The layout with what belongs to the plan put together; what was not said stands for nothing special."""
    given = {name: layout.pop(name, None) for name in PARTS}
    nothing: dict[str, Any] = {"tracks": [], "rounds": [], "phases": [], "rules": {}}
    return {**layout, "plan": {name: value or nothing[name] for name, value in given.items()}}
