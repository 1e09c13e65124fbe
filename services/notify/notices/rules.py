"""Rules: who is told what, and why, as one table over messages.

A row reads: of this message, under this name and wording, these people are told with these facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contracts.alliances import (
    InvitationDeclined,
    MemberAdmitted,
    MemberExpelled,
    MemberInvited,
    MemberResumed,
    MembershipAppliedFor,
    MembershipDeclined,
    MemberSuspended,
    MemberWithdrawn,
)
from contracts.base import Message
from contracts.events.competitions import CompetitionPublished, RulesAmended
from contracts.events.entries import EntriesClosed, EntrySubmitted, EntryWithdrawn
from contracts.events.phases import PhaseMoved
from contracts.events.quotas import PlacesAllocated
from contracts.projects import ItemAssigned, PlanImported, ProjectOpened
from services.notify.notices import audiences as to
from services.notify.notices import facts as about
from services.notify.notices.audiences import Audience, both
from services.notify.notices.facts import Facts


@dataclass(frozen=True, slots=True)
class Rule:
    """`name` is also the name of the wording, and stays for as long as there are notices under it."""

    name: str
    on: type[Message]
    audience: Callable[[Any], Audience]
    facts: Callable[[Any], Facts]


RULES = (
    Rule("membership_applied_for", MembershipAppliedFor, to.secretariat, about.membership),
    Rule("member_invited", MemberInvited, to.representatives, about.membership),
    Rule("member_admitted", MemberAdmitted, to.representatives, about.membership),
    Rule("membership_declined", MembershipDeclined, to.representatives, about.membership),
    Rule("invitation_declined", InvitationDeclined, to.secretariat, about.membership),
    Rule("member_suspended", MemberSuspended, to.representatives, about.membership),
    Rule("member_resumed", MemberResumed, to.representatives, about.membership),
    Rule("member_withdrawn", MemberWithdrawn, to.secretariat, about.membership),
    Rule("member_expelled", MemberExpelled, to.representatives, about.membership),
    Rule("competition_published", CompetitionPublished, to.representatives_of_members, about.edition),
    Rule("entry_submitted", EntrySubmitted, both(to.organizers, to.representatives), about.entry),
    Rule("entry_withdrawn", EntryWithdrawn, both(to.organizers, to.representatives), about.entry),
    Rule("entries_closed", EntriesClosed, to.organizers, about.edition),
    Rule("rules_amended", RulesAmended, to.representatives_of_all, about.amendment),
    Rule("phase_moved", PhaseMoved, to.representatives_of_all, about.moved_phase),
    Rule("places_allocated", PlacesAllocated, to.holders_of_places, about.places),
    Rule("plan_imported", PlanImported, to.hub_office, about.plan),
    Rule("item_assigned", ItemAssigned, to.representatives_of_units, about.item),
    Rule("project_opened", ProjectOpened, to.representatives_of_participants, about.project),
)

MESSAGES = tuple(dict.fromkeys(rule.on for rule in RULES))
"""The messages that somebody is told of."""


def rules_for(message: Message) -> list[Rule]:
    return [rule for rule in RULES if isinstance(message, rule.on)]
