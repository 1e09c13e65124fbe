"""Results on the wire: an organiser proposes, a supervisor signs, the scheduler ends the public notice."""

from __future__ import annotations

from typing import Any

from contracts.browsing import Stretch
from contracts.events.judging import results_forms as forms
from contracts.events.judging.results import ResultFinal, ResultFrozen, ResultReleased
from contracts.forms import ByIds
from kit.calls.acting import Acts
from kit.calls.histories import histories
from kit.calls.hooks import hook
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.rights.asking import require, require_signed_in
from kit.work.timers import on_due
from services.events.admission.entries.erasing import ERASING
from services.events.admission.entries.model import Entry
from services.events.editions.editions import queries as editions
from services.events.judging.results import commands, queries
from services.events.judging.results.finishing import FINISH_RESULT, finish_result
from services.events.judging.results.keeping import check_not_needed
from services.events.judging.results.model import Result, ResultVersion
from services.events.judging.results.schemas import document_view, result_view, row_view
from services.events.rights import COUNTERSIGNS, ORGANIZES, OVERSEES, READS_DOCUMENT, RUNS, SEES_RESULT

OBJECTED = (ResultFrozen, ResultReleased, ResultFinal)
"""What may come of an objection: whoever caused it is not named to those who may not know who objected."""


class ResultsService(Service):
    """A result has two signatures; while anybody objects to it the public sees nothing of it."""

    @command(forms.ProposeResult, right=ORGANIZES)
    def propose_result(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        stage = editions.stage(session, stage_id)
        require(session, ORGANIZES, series_id=stage.edition.series_id)
        stage.check_not_cancelled()
        return result_view(commands.propose_result(session, stage=stage), insider=True)

    @command(forms.CountersignResult, right=COUNTERSIGNS, acts=Acts(Result, Result.check_can_be_signed))
    def countersign_result(self, session: Session, *, result_id: str, digest: str) -> dict[str, Any]:
        """For a supervisor alone: the hub office can do what an organiser does, and not both."""
        require_signed_in(session)
        result = queries.result(session, result_id, to_change=True)
        require(session, COUNTERSIGNS, series_id=result.stage.edition.series_id)
        version = commands.countersign_result(session, result=result, digest=digest)
        self._follow(commands.VERSION_ANNOUNCED, session, result, version)
        return result_view(result, insider=True)

    @command(forms.WithdrawProposal, right=OVERSEES, acts=Acts(Result, Result.check_is_proposed))
    def withdraw_proposal(self, session: Session, *, result_id: str) -> dict[str, Any]:
        result = queries.result(session, result_id, to_change=True)
        series_id = result.stage.edition.series_id
        require(session, OVERSEES, series_id=series_id)
        version = commands.withdraw_proposal(session, result=result)
        self._follow(commands.VERSION_WITHDRAWN, session, result, version)
        return result_view(result, insider=True)

    @on_due(FINISH_RESULT)
    def finish_result(self, session: Session, result_id: str) -> None:
        finish_result(session, result=queries.result(session, result_id, to_change=True))

    @hook(ERASING)
    def keep_what_is_published(self, session: Session, entry: Entry) -> None:
        check_not_needed(session, entry)

    @query(forms.Result, shows=SEES_RESULT)
    def result(self, session: Session, *, stage_id: str) -> dict[str, Any] | None:
        found = queries.result_of(session, stage_id)
        if found is None:
            return None
        insider = queries.is_insider(session, found)
        return result_view(found, insider=insider) if insider or found.announced else None

    @query(forms.Results, shows=SEES_RESULT)
    def results(self, session: Session, **which: Any) -> dict[str, Any]:
        found = queries.results(session, **which)
        inside = queries.insides(session, found.rows)
        return found.view(lambda each: result_view(each, insider=each.stage.edition.series_id in inside))

    @query(ByIds, shows=SEES_RESULT)
    def results_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        found = queries.results_by_id(session, ids)
        inside = queries.insides(session, found)
        return rendered(found, lambda each: result_view(each, insider=each.stage.edition.series_id in inside))

    @query(forms.ActionsOnResults, shows=SEES_RESULT)
    def actions_on_results(self, session: Session, *, result_ids: list[str]) -> list[dict[str, Any]]:
        return self.actions_on(session, queries.results_by_id(session, result_ids), kind=Result, whose="result_id")

    @query(forms.HistoryOfResults, shows=RUNS)
    def history_of_results(self, session: Session, *, result_ids: list[str], stretch: Stretch) -> list[dict[str, Any]]:
        """Not who objected: that is between them, the panel and the organisers."""
        seen = queries.results_by_id(session, result_ids)
        inside = queries.insides(session, seen)
        found = [each for each in seen if each.stage.edition.series_id in inside]
        return histories(session, found, whose="result_id", stretch=stretch, unnamed=OBJECTED)

    @query(forms.ResultRows, shows=SEES_RESULT)
    def result_rows(self, session: Session, *, result_id: str, **which: Any) -> dict[str, Any]:
        """What the viewer may see; an empty page of what is frozen or was never announced."""
        result = queries.result(session, result_id)
        insider = queries.is_insider(session, result)
        return queries.rows(session, result=result, **which).view(lambda row: row_view(row, insider=insider))

    @query(forms.ResultDocument, right=READS_DOCUMENT)
    def result_document(
        self, session: Session, *, result_id: str, version: int | None = None, whole: bool = False
    ) -> dict[str, Any] | None:
        """The document that was signed, or for those who run the series the whole one behind it."""
        result = queries.result(session, result_id)
        require(session, READS_DOCUMENT, series_id=result.stage.edition.series_id, signed=not whole)
        seen = queries.version_seen(session, result, version)
        return document_view(queries.documents(session, seen), whole=whole) if seen else None

    def _follow(self, what: str, session: Session, result: Result, version: ResultVersion) -> None:
        for follow in self.hooked(what):
            follow(session, result, version)
        session.flush()
