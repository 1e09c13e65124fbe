"""The forms of objections: arbitrators, filing and withdrawing, the panel and its votes, and whose objections are shown."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.events.judging.objections import Ground
from contracts.forms import Input, choice, flag, identifier, listing, person, text


class _OneObjection(Input):
    objection_id = identifier("Objection", says="The objection.")


class RegisterArbitrator(Input):
    """Register an arbitrator with their workplace, so that they can be drawn for panels. For the organisers."""

    series_id = identifier("CompetitionSeries", says="The series whose objections they may decide on.")
    person = person(says="The person, who holds the role too.")
    organization_id = identifier("Organization", says="The institution at which they work.")


class FileObjection(Input):
    """Object to an announced result: from then on the public does not see it. For those who have standing by the rules."""

    result_id = identifier("Result", says="The result that is objected to.")
    entry_id = identifier("Entry", says="The entry that the objection is about.")
    ground = choice(Ground, says="The ground of the objection; the rules say which are allowed.")
    statement = text(lines=True, max=5000, says="What happened, in words. It is confidential.")


class WithdrawObjection(_OneObjection):
    """Take an objection back before it is decided. For the person who filed it."""


class SeatArbitrators(_OneObjection):
    """Draw the panel from the arbitrators without a conflict. For the organisers."""


class ReplaceArbitrator(_OneObjection):
    """Move to replace an arbitrator who has not voted by the next in the order of the draw. For the organisers.

    The arbitrator stays until a supervisor has signed the motion with `countersignMotion`.
    """

    seat_id = identifier("ArbitratorSeat", says="The seat on the panel.")
    reason = text(lines=True, max=500, says="Why the arbitrator is replaced.")


class ReplacePanel(_OneObjection):
    """Have others drawn in the place of those who are late with the decision or its remedy. For organisers and supervisors.

    Before the deadline a single arbitrator is replaced by two people, with `replaceArbitrator`.
    """

    reason = text(lines=True, max=500, says="Why, in words for those who are replaced.")


class VoteOnObjection(_OneObjection):
    """Vote; the majority of the panel decides. For those who sit on it."""

    uphold = flag(says="Whether the objection is upheld.")
    reason = text(lines=True, max=2000, says="Why; the person who filed the objection sees it, without a name.")


class Objections(Browsed):
    """The objections to a result: all for the organisers; to others those that they filed or decide on."""

    result_id = identifier("Result", says="The result that is objected to.")


class MyObjections(Browsed):
    """The objections that the viewer has filed or decides on, newest first."""

    order_by = ordered(ByAge, ByAge.NEWEST)


class Arbitrators(Browsed):
    """Who can be drawn for the panels of a series, in the order of their registration. For organisers and supervisors."""

    series_id = identifier("CompetitionSeries", says="The series whose arbitrators are asked for.")


class ActionsOnObjections(Input):
    """What the viewer can do about several objections. For who filed them, the organisers and the panels."""

    objection_ids = listing(identifier(), min=1, max=100)


class HistoryOfObjections(Browsed):
    """What was done to several objections, step by step. For who filed them, their panels and the organisers."""

    objection_ids = listing(identifier(), min=1, max=100)
