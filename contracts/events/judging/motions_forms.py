"""The forms of motions: signed by a second person, taken back, listed."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.events.judging.motions import MotionStatus
from contracts.forms import Input, choice, digest, identifier


class _OneMotion(Input):
    motion_id = identifier("Motion", says="The motion.")


class CountersignMotion(_OneMotion):
    """Sign a motion as its second person, and have it done. For a supervisor, not the person who proposed it."""

    digest = digest(says="The digest of the motion as it was seen.")


class WithdrawMotion(_OneMotion):
    """Take back a motion that nobody has signed yet. For those who run or supervise the competition."""


class Motions(Browsed):
    """The motions of a competition, newest first.

    Everybody sees those that were carried, once the codes of their stage are opened; those who run or supervise the
    competition see all.
    """

    competition_id = identifier("Competition", says="The competition.")
    status = choice(MotionStatus, required=False, says="Only those of this status.")
    order_by = ordered(ByAge, ByAge.NEWEST)
