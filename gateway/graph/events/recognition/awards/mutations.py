"""What can be done about awards through the graph."""

from __future__ import annotations

import graphene

from contracts.events.recognition import awards_forms as forms
from gateway.graph.commands import command
from gateway.graph.events.judging.motions.types import moved
from gateway.graph.events.recognition.awards.types import Award


def _granted() -> dict[str, graphene.Int]:
    return {"granted": graphene.Int(description="How many awards are new; null if there are problems.")}


class AwardMutations(graphene.ObjectType):
    """Awards are given by the rules, and each certificate with its award."""

    grant_awards = command(forms.GrantAwards, answers=_granted())
    grant_by_amendment = command(forms.GrantByAmendment, answers={"motion": moved()})
    grant_organization_awards = command(forms.GrantOrganizationAwards, answers=_granted())
    withdraw_award = command(forms.WithdrawAward, gives=Award, answers={"motion": moved()})
