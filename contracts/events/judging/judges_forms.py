"""The forms of judges: candidates and their conflicts, the draw of a panel, its seats, and who judges how much."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.events.admission.entries_forms import Somebody
from contracts.forms import Input, day, digest, identifier, listing, nested, person, region, text, verbatim, whole

MOST_TRACKS = 50
MOST_LOAD = 10_000
"""The most works that one judge can take."""


class FormerInstitution(Input):
    """Where somebody worked before, and until when."""

    organization_id = identifier("Organization", says="The institution at which they worked.")
    until = day(says="The last day on which they worked there.")


class NominateJudge(Somebody):
    """Nominate somebody as a candidate to be drawn as a judge. For the organisers."""

    competition_id = identifier("Competition", says="The competition whose works they may judge.")
    person = person(says="The person who may judge.")
    person_number = text(
        max=50,
        required=False,
        says="An identity number, to find the person among the members of entries; it is not kept.",
    )
    organization_id = identifier("Organization", says="The institution at which they work.")
    organization_since = day(required=False, says="The day on which they began to work there.")
    formerly = listing(nested(FormerInstitution), max=20, required=False, says="Where they worked before.")
    province = region(required=False, says="Their province; that of the institution by default.")
    track_ids = listing(identifier("Track"), min=1, max=MOST_TRACKS, says="The tracks in which they can judge.")
    max_load = whole(
        min=1,
        max=MOST_LOAD,
        required=False,
        says="The most works they accept, if that is fewer than the rules allow.",
    )


class _OneCandidate(Input):
    candidate_id = identifier("JudgeCandidate", says="The candidate.")


class DeclareConflict(_OneCandidate):
    """Keep a candidate from judging an entry or an institution's entries. For the candidate and the organisers."""

    either = (("organization_id", "entry_id"),)
    organization_id = identifier(
        "Organization", required=False, says="The institution whose entries the candidate may not judge."
    )
    entry_id = identifier("Entry", required=False, says="The entry that the candidate may not judge.")
    reason = text(lines=True, max=500, says="How the candidate is connected to it, in words.")


class WithdrawCandidate(_OneCandidate):
    """Withdraw a candidate, who can no longer be drawn. For the candidate and, until a roster is frozen, the organisers."""


class _OneStage(Input):
    stage_id = identifier("Stage", says="The stage whose works are judged.")


class _OfStage(Browsed):
    stage_id = identifier("Stage", says="The stage whose works are judged.")


class _OneDraw(Input):
    draw_id = identifier("Draw", says="The draw.")


class CommitDraw(_OneStage):
    """Hand in a commitment; the second one freezes the roster. For an organiser and a supervisor, two people."""

    commitment = digest(says="The SHA-256 of the secret followed by the nonce.")


class RevealDraw(_OneDraw):
    """Reveal what one committed to; the second reveal draws the panel. For the two who committed."""

    secret = verbatim(max=200, says="The secret behind the commitment.")
    nonce = digest(says="The nonce that followed the secret in the commitment.")


class CancelDraw(_OneDraw):
    """Move to cancel a draw before works are assigned; it stays on record. For the organisers and the supervisors.

    The draw stands until a supervisor, another person, has signed the motion with `countersignMotion`.
    """

    reason = text(lines=True, max=500, says="Why the draw is cancelled, in words for everybody.")


class _OneSeat(Input):
    seat_id = identifier("JudgeSeat", says="The seat on the panel.")


class AcceptSeat(_OneSeat):
    """Take a seat. For the person who was drawn."""


class DeclineSeat(_OneSeat):
    """Decline a seat; the next in the order steps in. For the person who was drawn."""

    reason = text(
        lines=True, max=500, says="Why the seat is declined, in words for those who run or supervise the stage."
    )


class ReplaceJudge(_OneSeat):
    """Move to replace a judge in an emergency: the next in the order would take the seat and open works. For the organisers.

    The judge stays until a supervisor has signed the motion with `countersignMotion`.
    """

    reason = text(
        lines=True, max=500, says="Why the judge is replaced; everybody can read it once the codes are opened."
    )


class AssignJudges(_OneStage):
    """Deal the codes of a stage, and give every work its judges. For the organisers."""


class JudgeCandidates(Browsed):
    """All candidates, present and former, in the order of their nomination. For those who run or supervise the competition."""

    competition_id = identifier("Competition", says="The competition whose candidates are asked for.")
    order_by = ordered(ByAge)


class Draws(_OfStage):
    """Every draw of a stage, including cancelled ones, oldest first."""


class Panel(_OfStage):
    """The seats of a stage's panel.

    For those who run or supervise the stage; for everybody once codes are opened, if the rules say so.
    """


class MySeats(Browsed):
    """The seats that the viewer was drawn for, newest first."""

    order_by = ordered(ByAge, ByAge.NEWEST)


class Conflicts(_OfStage):
    """Which candidates may not judge how many entries of a stage now, and why. For those who run or supervise the stage."""


class AssignmentReport(_OneStage):
    """How many works each judge of a stage has, and how they are balanced. For those who run or supervise the stage."""
