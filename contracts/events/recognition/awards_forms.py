"""The forms of awards: granting and withdrawing them, their lists and tables, and certificates by number."""

from __future__ import annotations

from contracts.browsing import Browsed, ByAge, ordered
from contracts.certificate_numbers import LONGEST
from contracts.events.recognition.awards import AwardKind, AwardTableBy, WithdrawalGround
from contracts.forms import Input, choice, flag, identifier, listing, text, whole


class _Granting(Input):
    unprinted = flag(
        required=False,
        says="Give awards also to names that no font here has all letters of: their certificates are printed once one has.",
    )


class GrantAwards(_Granting):
    """Give the awards that follow from a stage's final result and the rules, with certificates. For the organisers.

    Repeated, it gives only what is missing."""

    stage_id = identifier("Stage", says="The stage whose result is final.")


class GrantByAmendment(_Granting):
    """Move to give a stage's awards by rules that were amended after its result was signed. For the organisers.

    Nothing is given until a supervisor has signed the motion with `countersignMotion`.
    """

    stage_id = identifier("Stage", says="The stage whose result is final.")
    rules_version = whole(min=1, max=1_000_000, says="The version of the rules to give them by.")
    reason = text(lines=True, max=500, says="Why they were amended, in words for everybody; name nobody.")


class GrantOrganizationAwards(_Granting):
    """Give the organisation awards (优秀组织奖) by the prizes that institutions have won so far. For the organisers."""

    competition_id = identifier("Competition", says="The competition whose prizes are counted.")


class WithdrawAward(Input):
    """Move to withdraw an award, whose certificate would say so from then on. For the organisers.

    The award stands until a supervisor has signed the motion with `countersignMotion`. With the prize of an entry, the awards
    of its advisers are withdrawn.
    """

    award_id = identifier("Award", says="The award to withdraw.")
    ground = choice(WithdrawalGround, says="What the public is told.")
    reason = text(lines=True, max=500, says="Why, in words for everybody; name nobody.")


class Awards(Browsed):
    """The awards of a competition as they were given, highest prize first within each granting."""

    competition_id = identifier("Competition", says="The competition.")
    stage_id = identifier("Stage", required=False, says="Only those of this stage.")
    kind = choice(AwardKind, required=False, says="Only those of this kind.")
    order_by = ordered(ByAge)


class AwardTable(Input):
    """What provinces or institutions have won, the best first by what the rules compare by; at most 1,000."""

    competition_id = identifier("Competition", says="The competition.")
    by = choice(AwardTableBy, says="Whose prizes are counted.")
    round_id = identifier("Round", required=False, says="Only what was won in this round.")


class CertificatesByNumber(Input):
    """Certificates by their numbers, for whoever has them."""

    numbers = listing(text(max=LONGEST), min=1, max=100)


class Revocations(Input):
    """The places in the status list of a competition whose certificates no longer stand."""

    competition_id = identifier()
