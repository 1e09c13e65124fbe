"""Memberships: what leads where, told independently of the code under test, and ways to bring one to a status."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from contracts.alliances.membership.memberships import STATUS_ZH, MembershipStatus
from tests.services.alliances.alliances_hub import AlliancesHub
from tests.services.service_hub import eventually

NEVER = ""  # before the first step there is no membership
ANSWERED_WITHIN = timedelta(days=90)
"""By the defaults of charters, after which an invitation lapses."""


@dataclass(frozen=True)
class Step:
    """One command: from which statuses it leads where, who may do it, and what is said."""

    starts: frozenset[str]
    leads_to: str
    message: str
    with_reason: bool = False
    of_pair: bool = False
    reason_is: str = "reason"


def _from(*starts: str) -> frozenset[str]:
    return frozenset(starts)


BEGINNINGS = _from(NEVER, "declined", "withdrawn", "expelled", "lapsed", "retracted")
STEPS = {
    "apply_for_membership": Step(BEGINNINGS, "applied", "membership_applied_for", of_pair=True),
    "invite_member": Step(BEGINNINGS, "invited", "member_invited", of_pair=True),
    "withdraw_invitation": Step(_from("invited"), "retracted", "invitation_withdrawn", with_reason=True),
    "accept_invitation": Step(_from("invited"), "in_review", "invitation_accepted"),
    "start_review": Step(_from("applied"), "in_review", "review_started"),
    "return_application": Step(_from("applied", "in_review"), "returned", "application_returned", with_reason=True),
    "correct_application": Step(
        _from("returned"), "applied", "application_corrected", with_reason=True, reason_is="statement"
    ),
    "admit_member": Step(_from("applied", "in_review"), "member", "member_admitted"),
    "decline_membership": Step(
        _from("applied", "in_review", "returned", "invited"), "declined", "membership_declined", with_reason=True
    ),
    "suspend_member": Step(_from("member"), "suspended", "member_suspended", with_reason=True),
    "resume_member": Step(_from("suspended"), "member", "member_resumed"),
    "withdraw_member": Step(
        _from("applied", "in_review", "returned", "member", "suspended"),
        "withdrawn",
        "member_withdrawn",
        with_reason=True,
    ),
    "expel_member": Step(_from("member", "suspended"), "expelled", "member_expelled", with_reason=True),
}
WAYS = {
    NEVER: [],
    "lapsed": ["invite_member", "time"],  # first of all: whatever is invited before it would lapse with it
    "applied": ["apply_for_membership"],
    "invited": ["invite_member"],
    "in_review": ["apply_for_membership", "start_review"],
    "member": ["apply_for_membership", "admit_member"],
    "suspended": ["apply_for_membership", "admit_member", "suspend_member"],
    "declined": ["apply_for_membership", "decline_membership"],
    "withdrawn": ["apply_for_membership", "withdraw_member"],
    "expelled": ["apply_for_membership", "admit_member", "expel_member"],
    "retracted": ["invite_member", "withdraw_invitation"],
    "returned": ["apply_for_membership", "return_application"],
}


@dataclass
class Relation:
    """One organisation and one alliance, and the membership between them once it has begun."""

    hub: AlliancesHub
    alliance: dict[str, Any]
    organization: dict[str, Any]
    membership_id: str = NEVER

    def take(self, step: str, viewer: str = "hub-office", reason: str = "因故") -> dict[str, Any]:
        """What the command answers; raises Refused. `time` is no command: the invitation waits until it lapses."""
        if step == "time":
            return self._wait_in_vain()
        arguments = self.pair if STEPS[step].of_pair else {"membership_id": self.membership_id}
        if STEPS[step].with_reason:
            arguments = {**arguments, STEPS[step].reason_is: reason}
        answer: dict[str, Any] = self.hub.ask(step, viewer, **arguments)
        self.membership_id = answer["id"]
        return answer

    def _wait_in_vain(self) -> dict[str, Any]:
        self.hub.clock.advance(ANSWERED_WITHIN)
        eventually(lambda: self.status == "lapsed", 60)
        return {"id": self.membership_id}

    @property
    def status(self) -> str:
        """Where the membership stands now."""
        [found] = self.hub.ask("memberships_by_id", ids=[self.membership_id])
        return str(found["status"])

    @property
    def pair(self) -> dict[str, str]:
        return {"alliance_id": self.alliance["id"], "organization_id": self.organization["id"]}


def a_relation(hub: AlliancesHub, status: str = NEVER) -> Relation:
    """A new organisation that stands at this status in a new alliance."""
    relation = Relation(hub, hub.alliance(), hub.organization())
    for step in WAYS[status]:
        relation.take(step)
    return relation


def stands(status: str) -> dict[str, str]:
    """The parameters of MEMBERSHIP_STANDS."""
    return {"status": status, "status_zh": STATUS_ZH[MembershipStatus(status)]}


def message_of(step: str, status: str) -> str:
    """The type of message that a step says, coming from a status."""
    declined_invitation = step == "decline_membership" and status == "invited"
    return f"alliances.{'invitation_declined' if declined_invitation else STEPS[step].message}"
