"""Panel (仲裁组): who may decide on an objection, and who of them is drawn.

The draw is that of judges (`procedures/draws/draw.py`) with a seed that the hub throws: seed, roster and number of
seats are kept with the objection, so that it can be drawn again and the next in the order can take an empty seat.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import select

from contracts.authority import Role, Scope
from contracts.events.judging.judges import TieKind
from contracts.events.judging.objections import Bar, TooFewArbitrators
from kit.data.db import Session
from kit.rights.grants import Grant
from procedures.draws.draw import Line, Quotas, order, seated
from services.events.editions.editions.model import Stage
from services.events.judging.judges.gathering import conflicts_in
from services.events.judging.judges.model import Candidate, CandidateTie, Seat
from services.events.judging.judges.queries import judging_rules
from services.events.judging.objections.model import Arbitrator, Objection
from services.events.judging.results.rules import ObjectionRules

Draw = dict[str, Any]
Bars = dict[str, list[str]]
"""For each arbitrator why they may not sit, by their id."""


def draw_panel(session: Session, objection: Objection, rules: ObjectionRules) -> Draw:
    """The draw of a new panel; refuses with TooFewArbitrators."""
    arbitrators = _arbitrators(session, objection)
    return _draw(arbitrators, bars(session, objection, arbitrators, rules), rules.seats)


def _draw(arbitrators: Sequence[Arbitrator], barred: Bars, seats: int) -> Draw:
    roster = [Line(each.id, each.organization_id, each.province) for each in arbitrators if each.id not in barred]
    draw = {
        "seed": secrets.token_hex(32),
        "seats": seats,
        "roster": [asdict(line) for line in sorted(roster, key=lambda line: line.candidate)],
        "excluded": [{"arbitrator": id_, "bars": why} for id_, why in sorted(barred.items())],
    }
    _check_enough(seats, len(roster))
    return draw


def draw_anew(
    session: Session, objection: Objection, rules: ObjectionRules, *, seats: int, judging: Collection[str] = ()
) -> Draw:
    """The draw of so many seats of a panel that was late, among those who had none; the former draw stays in it.

    Who is `judging` again for the objection has no seat. Refuses with TooFewArbitrators.
    """
    had_one = {seat.arbitrator_id for seat in objection.seats}
    arbitrators = [each for each in _arbitrators(session, objection) if each.id not in had_one]
    found = _draw(arbitrators, bars(session, objection, arbitrators, rules, judging), seats)
    return {**found, "before": objection.draw}


def drawn(draw: Draw, gone: Sequence[str] = ()) -> list[str]:
    """The arbitrators whom a draw seats, passing over those who are gone; a pure function."""
    quotas = Quotas(seats=draw["seats"], most_per_province=None, least_per_province={})
    in_order = order(draw["seed"], [Line(**line) for line in draw["roster"]])
    return [line.candidate for line in seated(in_order, quotas, gone)]


def next_drawn(session: Session, objection: Objection, rules: ObjectionRules) -> str:
    """Who takes an empty seat: the next in the order of the draw who may sit now; refuses with TooFewArbitrators."""
    assert objection.draw, "a panel that has seats was drawn"
    here = {seat.arbitrator_id for seat in objection.panel}
    left = {seat.arbitrator_id for seat in objection.seats} - here
    barred = bars(session, objection, _arbitrators(session, objection), rules)
    gone = sorted(left | (barred.keys() - here))
    found = [arbitrator_id for arbitrator_id in drawn(objection.draw, gone) if arbitrator_id not in here]
    _check_enough(1, len(found))
    return found[0]


def bars(
    session: Session,
    objection: Objection,
    arbitrators: Sequence[Arbitrator],
    rules: ObjectionRules,
    judging: Collection[str] = (),
) -> Bars:
    """Why arbitrators may not sit: what they are in this stage, or what ties them to the entry or to who objects.

    People who are `judging` again for the objection are judges too.
    """
    found: Bars = defaultdict(list)
    stage = objection.result.stage
    known = {Bar.NO_GRANT: _without_grant(session, stage, arbitrators), **_involved(session, objection, judging)}
    for each in arbitrators:
        found[each.id] += [bar for bar, people in known.items() if each.person in people]
        if each.organization_id == objection.organization_id:
            found[each.id].append(Bar.SAME_INSTITUTION)
    for arbitrator_id, kind in _conflicts(session, objection, arbitrators, rules):
        found[arbitrator_id].append(kind)
    return {id_: list(dict.fromkeys(map(str, why))) for id_, why in found.items() if why}


def _arbitrators(session: Session, objection: Objection) -> Sequence[Arbitrator]:
    series_id = objection.result.stage.edition.series_id
    query = select(Arbitrator).where(Arbitrator.series_id == series_id).order_by(Arbitrator.id)
    return session.scalars(query).all()


def _without_grant(session: Session, stage: Stage, arbitrators: Sequence[Arbitrator]) -> set[str]:
    scope = Scope.event(stage.edition.series_id)
    granted = select(Grant.person).where(
        Grant.role == Role.ARBITRATOR,
        Grant.scope_type == scope.type,
        Grant.scope_id == scope.id,
        Grant.revoked_at.is_(None),
    )
    return {each.person for each in arbitrators} - set(session.scalars(granted))


def _involved(session: Session, objection: Objection, judging: Collection[str]) -> dict[Bar, set[str]]:
    """Who objects, who signed any version of the result, and who has ever had a seat among its judges or judges again."""
    signers = {person for each in objection.result.versions for person in (each.proposed_by, each.signed_by) if person}
    judged = select(Seat.person).where(Seat.stage_id == objection.result.stage_id)
    return {
        Bar.OBJECTOR: {objection.person},
        Bar.SIGNER: signers,
        Bar.JUDGE: {*session.scalars(judged), *judging},
    }


def _conflicts(
    session: Session, objection: Objection, arbitrators: Sequence[Arbitrator], rules: ObjectionRules
) -> list[tuple[str, str]]:
    """The conflicts with the entry that are found for judges too, from the hub's own dated facts."""
    stage = objection.result.stage
    terms = replace(judging_rules(session, stage), same_delegation=not rules.same_province_sits)
    found = conflicts_in(session, stage, [_as_candidate(each) for each in arbitrators], terms)
    return [(each.judge, each.kind) for each in found if each.entry == objection.entry_id]


def _as_candidate(arbitrator: Arbitrator) -> Candidate:
    """An arbitrator as one who could judge, by the same facts; never written."""
    works_at = CandidateTie(kind=TieKind.NOMINATED_FROM, organization_id=arbitrator.organization_id, entry_id=None)
    return Candidate(
        id=arbitrator.id,
        created_at=arbitrator.created_at,
        person=arbitrator.person,
        person_key=None,
        organization_id=arbitrator.organization_id,
        province=arbitrator.province,
        ties=[works_at],
    )


def _check_enough(needed: int, found: int) -> None:
    if found < needed:
        raise TooFewArbitrators(needed=needed, found=found)
