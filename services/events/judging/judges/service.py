"""Judges on the wire: organisers nominate and assign, two parties draw, the drawn answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from contracts.events.judging import judges_forms as forms
from contracts.events.judging.draws import DrawParty
from contracts.events.judging.motions import MotionAct
from contracts.forms import ByIds
from contracts.refusals import NotFound
from kit.calls.hooks import hook
from kit.calls.long import long_command
from kit.calls.rpc import command, query
from kit.calls.service import Service
from kit.data.db import Session
from kit.data.rendering import rendered
from kit.person_keys import keys_of
from kit.rights.asking import holds, require, require_signed_in
from kit.rights.right import SIGNED_IN
from kit.work.jobs import Think
from services.events.directory import queries as directory
from services.events.editions.editions import queries as editions
from services.events.editions.editions.model import Edition, Stage
from services.events.judging.blinding.queries import opened, sealed
from services.events.judging.judges import assigning, commands, drawing, queries, reporting
from services.events.judging.judges.model import Draw, Seat
from services.events.judging.judges.queries import judging_rules
from services.events.judging.judges.schemas import (
    candidate_view,
    conflicts_view,
    draw_view,
    public_seat_view,
    report_view,
    seat_view,
)
from services.events.judging.motions.commands import carrying
from services.events.judging.motions.model import Motion
from services.events.rights import (
    COMMITTED_TO_DRAW,
    HAS_SEAT,
    IS_CANDIDATE,
    IS_CANDIDATE_OR_ORGANIZES,
    ORGANIZES,
    OVERSEES,
    SEES_PANEL,
    SUPERVISES,
)


class JudgesService(Service):
    """Candidates, the draw of a panel, its seats, and who judges how much."""

    @command(forms.NominateJudge, right=ORGANIZES)
    def nominate_judge(
        self, session: Session, *, competition_id: str, organization_id: str, track_ids: list[str], **facts: Any
    ) -> dict[str, Any]:
        edition = editions.edition(session, competition_id)
        require(session, ORGANIZES, series_id=edition.series_id)
        edition.check_not_cancelled()
        _check_tracks(edition, track_ids)
        given = {"since": facts.pop("organization_since", None), "formerly": facts.pop("formerly", None) or []}
        number = facts.pop("person_number", None)
        facts["person_key"] = keys_of(self.runtime.settings)(number) if number else None
        directory.organizations(session, [each["organization_id"] for each in given["formerly"]])
        organization = directory.organization(session, organization_id)
        return candidate_view(
            commands.nominate_judge(
                session, edition=edition, organization=organization, track_ids=track_ids, **given, **facts
            )
        )

    @command(forms.WithdrawCandidate, right=IS_CANDIDATE_OR_ORGANIZES)
    def withdraw_candidate(self, session: Session, *, candidate_id: str) -> dict[str, Any]:
        """By the candidate or by the organisers."""
        candidate = queries.candidate(session, candidate_id)
        by_judge = candidate.person == session.viewer.id
        require(session, IS_CANDIDATE_OR_ORGANIZES, person=candidate.person, series_id=candidate.edition.series_id)
        return candidate_view(commands.withdraw_candidate(session, candidate=candidate, by_judge=by_judge))

    @command(forms.CommitDraw, right=OVERSEES)
    def commit_draw(self, session: Session, *, stage_id: str, commitment: str) -> dict[str, Any]:
        stage = _overseen(session, stage_id)
        stage.check_not_cancelled()
        party = _party(session, stage)
        drawn = drawing.commit_draw(
            session, stage=stage, rules=judging_rules(session, stage), party=party, commitment=commitment
        )
        return draw_view(drawn, overseen=True)

    @command(forms.RevealDraw, right=COMMITTED_TO_DRAW)
    def reveal_draw(self, session: Session, *, draw_id: str, secret: str, nonce: str) -> dict[str, Any]:
        drawn = queries.draw(session, draw_id, lock=True)
        return draw_view(drawing.reveal_draw(session, draw=drawn, secret=secret, nonce=nonce), overseen=True)

    @command(forms.CancelDraw, right=OVERSEES)
    def cancel_draw(self, session: Session, *, draw_id: str, reason: str) -> dict[str, Any]:
        """Nobody alone: whoever has seen the panel could draw until they like it."""
        drawn = queries.draw(session, draw_id, lock=True)
        require(session, OVERSEES, series_id=drawn.stage.edition.series_id)
        motion = drawing.move_to_cancel(session, draw=drawn, reason=reason)
        return {**draw_view(drawn, overseen=True), "motion_id": motion.id}

    @hook(carrying(MotionAct.CANCEL_DRAW))
    def carry_cancelling(self, session: Session, _think: Think, motion: Motion) -> None:
        drawing.cancel_draw(session, draw=queries.draw(session, motion.about_id, lock=True), reason=motion.reason)

    @command(forms.AcceptSeat, right=HAS_SEAT)
    def accept_seat(self, session: Session, *, seat_id: str) -> dict[str, Any]:
        seat = my_seat(session, seat_id)
        seat.stage.check_not_cancelled()
        return seat_view(commands.accept_seat(session, seat=seat))

    @long_command(forms.AssignJudges, right=ORGANIZES)
    def assign_judges(self, session: Session, think: Think, *, stage_id: str) -> dict[str, Any]:
        stage = editions.stage(session, stage_id)
        require(session, ORGANIZES, series_id=stage.edition.series_id)
        stage.check_not_cancelled()
        assigning.assign_judges(session, think, stage=stage, rules=judging_rules(session, stage))
        return report_view(reporting.assignment_report(session, stage))

    @query(forms.JudgeCandidates, right=OVERSEES)
    def judge_candidates(self, session: Session, *, competition_id: str, **which: Any) -> dict[str, Any]:
        edition = editions.edition(session, competition_id)
        require(session, OVERSEES, series_id=edition.series_id)
        return queries.judge_candidates(session, edition.id, **which).view(candidate_view)

    @query(ByIds, shows=IS_CANDIDATE | OVERSEES)
    def judge_candidates_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.judge_candidates_by_id(session, ids), candidate_view)

    @query(forms.Draws, shows=OVERSEES)
    def draws(self, session: Session, **which: Any) -> dict[str, Any]:
        found = queries.draws(session, **which)
        return found.view(_seen(session, found.rows))

    @query(ByIds, shows=OVERSEES)
    def draws_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        found = queries.draws_by_id(session, ids)
        return list(map(_seen(session, found), found))

    @query(forms.Panel, right=SEES_PANEL)
    def panel(self, session: Session, *, stage_id: str, **which: Any) -> dict[str, Any]:
        """For those who run or supervise the stage; for everybody once the codes are opened, if the rules say so."""
        stage = editions.stage(session, stage_id)
        seats = queries.panel(session, stage_id, **which)
        overseen = holds(session, OVERSEES, series_id=stage.edition.series_id)
        public = judging_rules(session, stage).panel_public and opened(session, stage_id)
        require(session, SEES_PANEL, series_id=stage.edition.series_id, public=public)
        return seats.view(seat_view if overseen else public_seat_view)

    @query(forms.MySeats, right=SIGNED_IN)
    def my_seats(self, session: Session, **which: Any) -> dict[str, Any]:
        return queries.my_seats(session, **which).view(seat_view)

    @query(ByIds, shows=HAS_SEAT | OVERSEES)
    def seats_by_id(self, session: Session, *, ids: list[str]) -> list[dict[str, Any]]:
        return rendered(queries.seats_by_id(session, ids), seat_view)

    @query(forms.Conflicts, right=OVERSEES)
    def conflicts(self, session: Session, *, stage_id: str, **which: Any) -> dict[str, Any]:
        stage = _overseen(session, stage_id)
        found = queries.judge_candidates(session, stage.edition_id, **which)
        groups = reporting.conflict_groups(session, stage, found.rows, judging_rules(session, stage))
        return found.view(lambda candidate: conflicts_view(candidate, groups.get(candidate.id, [])))

    @query(forms.AssignmentReport, right=OVERSEES)
    def assignment_report(self, session: Session, *, stage_id: str) -> dict[str, Any]:
        return report_view(reporting.assignment_report(session, _overseen(session, stage_id)))


def _overseen(session: Session, stage_id: str) -> Stage:
    """The stage, if the viewer organises or supervises its series."""
    stage = editions.stage(session, stage_id)
    require(session, OVERSEES, series_id=stage.edition.series_id)
    return stage


def _party(session: Session, stage: Stage) -> DrawParty:
    """For whom the viewer commits; somebody with both roles for the one whose commitment is not in yet."""
    series_id = stage.edition.series_id
    roles = []
    if holds(session, ORGANIZES, series_id=series_id):
        roles.append(DrawParty.ORGANIZER)
    if holds(session, SUPERVISES.exactly(), series_id=series_id):
        roles.append(DrawParty.SUPERVISOR)
    drawn = queries.draw_of(session, stage.id)
    taken = {each.party for each in drawn.parties} if drawn else set()
    return next((role for role in roles if role not in taken), roles[0])


def _seen(session: Session, found: Sequence[Draw]) -> Callable[[Draw], dict[str, Any]]:
    """How these draws look to the viewer."""
    oversees, blind = OVERSEES.test(session), sealed(session, {each.stage_id for each in found})
    return lambda drawn: draw_view(
        drawn, overseen=oversees(series_id=drawn.stage.edition.series_id), sealed=drawn.stage_id in blind
    )


def my_seat(session: Session, seat_id: str) -> Seat:
    """The seat, if it is the viewer's."""
    require_signed_in(session)
    seat = queries.seat(session, seat_id)
    require(session, HAS_SEAT, person=seat.person)
    return seat


def _check_tracks(edition: Edition, track_ids: list[str]) -> None:
    if not set(track_ids) <= {track.id for track in edition.tracks}:
        raise NotFound("trackIds")
