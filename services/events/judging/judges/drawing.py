"""Drawing: two parties commit, the roster is frozen, both reveal, and who was drawn has a seat."""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.events.editions.competitions import StageStatus
from contracts.events.judging import draws
from contracts.events.judging import judges as say
from contracts.events.judging.draws import DrawParty, DrawStatus, RosterTooLarge, RosterTooSmall, StageNotRunning
from contracts.events.judging.judges import AssignedAlready, SeatStatus
from contracts.events.judging.motions import DrawsExhausted, MotionAct
from contracts.refusals import ChangedMeanwhile, NotAllowed
from kit.data.db import Session
from kit.documents.digest import digest
from kit.ids import new_id
from kit.messages.outbox import record
from procedures.draws.draw import Line, Quotas, Secret, frozen, seats_that_can_be_filled, seed_of
from services.events.editions.editions.model import Stage
from services.events.editions.rulesets.reading import newest
from services.events.judging.judges.document import MOST_CANDIDATES
from services.events.judging.judges.gathering import conflicts_in
from services.events.judging.judges.model import Candidate, Draw, Seat
from services.events.judging.judges.queries import (
    candidates_with,
    draw_of,
    live_seats,
    panels_drawn,
    running,
    seats_held,
    standing,
)
from services.events.judging.judges.rules import JudgingRules
from services.events.judging.motions.commands import propose
from services.events.judging.motions.model import Motion
from services.events.judging.motions.queries import motion_rules


def commit_draw(session: Session, *, stage: Stage, rules: JudgingRules, party: DrawParty, commitment: str) -> Draw:
    """Hand in a party's commitment; the second one freezes the roster.

    Refuses with StageNotRunning, DrawStands, PartyCommitted, OtherPersonNeeded, CommitmentRepeated, RosterTooSmall or
    RosterTooLarge.
    """
    if stage.status != StageStatus.RUNNING:
        raise StageNotRunning("stageId")
    draw = draw_of(session, stage.id, lock=True) or _begun(session, stage)
    draw.commit(party, session.viewer.id, commitment, session.now)
    if draw.complete:
        _freeze(session, draw, rules)
    else:
        record(session, draw, draws.CommitmentMade(**about_draw(draw), party=party, commitment=commitment))
    try:
        session.flush()
    except IntegrityError as error:  # somebody else began or committed at the same moment
        raise ChangedMeanwhile from error
    return draw


def reveal_draw(session: Session, *, draw: Draw, secret: str, nonce: str) -> Draw:
    """Reveal what the viewer committed to; the second one draws the panel. Refuses with RevealWrong or AlreadyRevealed.

    Until then nobody sees the first secret, so that whoever is second cannot know the outcome and walk away from it.
    """
    party = next((each for each in draw.parties if each.person == session.viewer.id), None)
    if party is None:
        raise NotAllowed
    draw.stage.check_not_cancelled()
    draw.reveal(party, Secret(secret, nonce), session.now)
    if not draw.complete:
        record(session, draw, draws.SecretRevealed(**about_draw(draw), party=party.party))
        return draw
    draw.seed = seed_of(str(draw.roster_digest), draw.secrets)
    draw.status, draw.drawn_at = DrawStatus.DRAWN, session.now
    record(session, draw, draws.PanelDrawn(**about_draw(draw), seats=len(draw.panel), seed=draw.seed))
    fill_seats(session, draw)
    return draw


def move_to_cancel(session: Session, *, draw: Draw, reason: str) -> Motion:
    """Move that a draw does not count; refuses with MotionPending, and as cancelling does."""
    _check_cancellable(session, draw)
    stage = draw.stage
    return propose(session, MotionAct.CANCEL_DRAW, draw.id, edition=stage.edition, stage=stage, reason=reason)


def cancel_draw(session: Session, *, draw: Draw, reason: str) -> Draw:
    """Let a draw not count, and release whom it seated.

    Refuses with DrawStands, AssignedAlready, or DrawsExhausted where the rules let no other panel be drawn.
    """
    _check_cancellable(session, draw)
    draw.status, draw.cancelled_at, draw.cancel_reason = DrawStatus.CANCELLED, session.now, reason
    record(session, draw, draws.DrawCancelled(**about_draw(draw), reason=reason))
    for seat in live_seats(session, draw.stage_id):
        seat.step_to(SeatStatus.CANCELLED, now=session.now)
        record(session, seat, say.JudgeReleased(**about_seat(seat), reason=reason))
    return draw


def _check_cancellable(session: Session, draw: Draw) -> None:
    draw.check(DrawStatus.COMMITTING, DrawStatus.FROZEN, DrawStatus.DRAWN)
    if draw.assigned_at:
        raise AssignedAlready("drawId")
    most = motion_rules(session, draw.stage.edition, draw.stage).draws_most
    if most and draw.drawn_at and panels_drawn(session, draw.stage_id) >= most:
        raise DrawsExhausted("drawId", most=most)


def fill_seats(session: Session, draw: Draw) -> list[Seat]:
    """Give a seat to everybody who is to sit and does not yet; returns the new ones."""
    session.flush()
    held = {seat.candidate_id for seat in live_seats(session, draw.stage_id)}
    coming = [line.candidate for line in draw.panel if line.candidate not in held]
    people = {each.id: each for each in candidates_with(session, coming)}
    seats = [_seat(session, draw, people[id_]) for id_ in coming]
    session.add_all(seats)
    for seat in seats:
        record(session, seat, say.JudgeDrawn(**about_seat(seat)))
    session.flush()
    return seats


def about_draw(draw: Draw) -> dict[str, Any]:
    return {**draw.stage.about, "draw_id": draw.id}


def about_seat(seat: Seat) -> dict[str, Any]:
    return {**seat.stage.about, "seat_id": seat.id, "person": seat.person}


def _begun(session: Session, stage: Stage) -> Draw:
    draw = Draw(
        id=new_id(),
        created_at=session.now,
        stage=stage,
        stage_id=stage.id,
        status=DrawStatus.COMMITTING,
        frozen={},
        roster_public=False,
        parties=[],
        departures=[],
    )
    session.add(draw)
    return draw


def _freeze(session: Session, draw: Draw, rules: JudgingRules) -> None:
    quotas = Quotas(rules.seats, rules.most_per_province, rules.least_per_province)
    roster = [Line(each.id, each.organization_id, each.province) for each in eligible(session, draw.stage, rules)]
    found = seats_that_can_be_filled(roster, quotas)
    if found < quotas.seats:
        raise RosterTooSmall("stageId", needed=quotas.seats, found=found)
    if len(roster) > MOST_CANDIDATES:
        raise RosterTooLarge("stageId", most=MOST_CANDIDATES)
    draw.frozen = frozen(draw.id, draw.stage_id, quotas, roster)
    draw.roster_digest, draw.frozen_at = digest(draw.frozen), session.now
    draw.rules_version = newest(session, draw.stage.edition_id).number
    draw.status, draw.roster_public = DrawStatus.FROZEN, rules.roster_public
    said = draws.DrawCommitted(**about_draw(draw), candidates=len(roster), roster_digest=draw.roster_digest)
    record(session, draw, said)


def eligible(session: Session, stage: Stage, rules: JudgingRules) -> list[Candidate]:
    """Who belongs on the roster: who stands, is not barred by a conflict, and does not sit on too many panels.

    Whoever runs or supervises the series sees all entries by name, and so judges none of them by code.
    """
    candidates = standing(session, stage)
    barred = {each.judge for each in conflicts_in(session, stage, candidates, rules) if each.kind in rules.barred}
    held = seats_held(session, stage.edition_id, [each.person for each in candidates])
    busy = {person for person, seats in held.items() if rules.most_panels and seats >= rules.most_panels}
    return [each for each in candidates if each.id not in barred and each.person not in busy | running(session, stage)]


def _seat(session: Session, draw: Draw, candidate: Candidate) -> Seat:
    return Seat(
        id=new_id(),
        created_at=session.now,
        stage=draw.stage,
        stage_id=draw.stage_id,
        draw_id=draw.id,
        candidate=candidate,
        candidate_id=candidate.id,
        person=candidate.person,
        province=candidate.province,
        status=SeatStatus.DRAWN,
        reason="",
    )
