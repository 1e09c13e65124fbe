"""What can be done about many memberships at once through the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership import batches_forms as forms
from gateway.graph.commands import command
from gateway.graph.outcomes import outcome

OUTCOMES = {"outcomes": [outcome("Membership")]}


class BatchesMutations(graphene.ObjectType):
    """Each answers for every membership, in the order in which they were named."""

    start_reviews = command(forms.StartReviews, gives=OUTCOMES)
    admit_members = command(forms.AdmitMembers, gives=OUTCOMES)
    decline_applications = command(forms.DeclineApplications, gives=OUTCOMES)
    withdraw_invitations = command(forms.WithdrawInvitations, gives=OUTCOMES)
    renew_memberships = command(forms.RenewMemberships, gives=OUTCOMES)
