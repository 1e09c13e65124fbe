"""Membership in the graph."""

from __future__ import annotations

import graphene

from contracts.alliances.membership.classes_forms import MemberClassesOn
from contracts.alliances.membership.delegates_forms import DelegatesOfMembersOn
from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.membership.memberships_forms import (
    ActionsOnMemberships,
    HistoryOfMemberships,
    MembershipStatusesOn,
)
from contracts.alliances.membership.renewals_forms import TermsOn
from gateway.graph.acting import acting
from gateway.graph.alliances.membership.classes.types import MemberClass
from gateway.graph.alliances.membership.renewals.types import MembershipTerm
from gateway.graph.enums import enum
from gateway.graph.history import historied
from gateway.graph.person_names import name_of
from gateway.graph.relations import asked, related
from gateway.graph.relay import NodeType
from gateway.graph.times import DateTime


class MembershipStep(graphene.ObjectType):
    """A status of a membership, since when it had it, and why."""

    status = graphene.Field(enum(MembershipStatus), required=True, description="The status.")
    since = DateTime(required=True, description="When this status began.")
    reason = graphene.String(required=True, description="Why; empty where the step needs no reason.")


class MembershipStepTaken(MembershipStep):
    """A step of a membership, with who took it."""

    taken_by = graphene.String(
        description="The person who took it; null where time alone did, or where that was not yet kept."
    )
    taken_by_name = name_of("taken_by")


class Membership(NodeType, loads="memberships_by_id"):
    """The membership of one organisation in one alliance (成员资格)."""

    status = graphene.Field(enum(MembershipStatus), required=True, description="Its status now.")
    alliance = related("Alliance", "The alliance.", required=True)
    organization = related("Organization", "The organisation that is, was or may become a member.", required=True)
    merged_into = related(
        "Membership",
        "The membership that goes on in its place, where the organisation was merged with another of the same alliance.",
        by="into_id",
    )
    created_at = DateTime(required=True, description="When it was first applied for or offered.")
    actions = acting(ActionsOnMemberships)
    history = historied(HistoryOfMemberships)
    answer_by = DateTime(description="When the invitation lapses, while it waits for an answer.")
    member_class = asked(
        MemberClassesOn, MemberClass, "Its class at the end of a day in China; null where it was no member then."
    )
    status_on = asked(
        MembershipStatusesOn,
        MembershipStep,
        "Its status at the end of a past day in China; for the secretariat and the organisation.",
    )
    delegates = asked(
        DelegatesOfMembersOn,
        graphene.List(graphene.NonNull("gateway.graph.alliances.membership.delegates.types.Delegate")),
        "Who speaks for it at the end of a day in China; for the secretariat and the organisation.",
    )
    term = asked(
        TermsOn,
        MembershipTerm,
        "Its term as it was known at the end of a day in China; for the secretariat and the organisation.",
    )
