"""The forms of objections: arbitrators, filing and withdrawing, the panel and its votes, and whose objections are shown."""

from __future__ import annotations

from contracts.events.judging.objections import Ground
from contracts.forms import Input, Page, choice, flag, identifier, person, text


class _OneObjection(Input):
    objection_id = identifier("Objection", says="The objection.")


class RegisterArbitrator(Input):
    """Say where an arbitrator works, so that they can be drawn for panels. For the organisers."""

    series_id = identifier("CompetitionSeries", says="The series whose objections they may decide on.")
    person = person(says="The person, who holds the role too.")
    organization_id = identifier("Organization", says="The institution at which they work.")


class FileObjection(Input):
    """Object to an announced result: the public sees nothing of it from then on. For who has standing by the rules."""

    result_id = identifier("Result", says="The result that is objected to.")
    entry_id = identifier("Entry", says="The entry that the objection is about.")
    ground = choice(Ground, says="On what ground; the rules say which are admitted.")
    statement = text(max=5000, says="What happened, in words. It is confidential.")


class WithdrawObjection(_OneObjection):
    """Take an objection back before it is decided. For who filed it."""


class SeatArbitrators(_OneObjection):
    """Draw the panel from the arbitrators without a conflict. For the organisers."""


class ReplaceArbitrator(_OneObjection):
    """Give a seat that has not voted to the next in the order of the draw. For the organisers."""

    seat_id = identifier("ArbitratorSeat", says="The seat on the panel.")
    reason = text(max=500, says="Why the arbitrator is replaced.")


class VoteOnObjection(_OneObjection):
    """Vote; the majority of the panel decides. For those who sit on it."""

    uphold = flag(says="Whether the objection is upheld.")
    reason = text(max=2000, says="Why; it is shown to who filed the objection, without a name.")


class Objections(Page):
    """The objections to a result: all for the organisers; to others those that they filed or sit in judgement on."""

    result_id = identifier("Result", says="The result that is objected to.")


class MyObjections(Page):
    """What the viewer has filed or sits in judgement on, newest first."""


class Arbitrators(Page):
    """Who can be drawn for the panels of a series, in the order of their registration. For organisers and supervisors."""

    series_id = identifier("CompetitionSeries", says="The series whose arbitrators are asked for.")
