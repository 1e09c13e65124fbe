"""Rules: who is told what, and why, as one table over messages.

A row reads: of this message, under this name and wording, these people are told with these facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from contracts.alliances.membership import (
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
from contracts.events.admission.entries import EntriesClosed, EntrySubmitted, EntryWithdrawn
from contracts.events.admission.quotas import PlacesAllocated
from contracts.events.admission.waiting import EntryWaiting, OfferAccepted, OfferLapsed, OfferMade, WaitingEnded
from contracts.events.editions.competitions import CompetitionPublished, RulesAmended
from contracts.events.editions.phases import PhaseMoved
from contracts.events.fixtures.fixtures import FixtureCancelled, FixtureMoved, FixturesScheduled
from contracts.events.judging.blinding import CodesOpened, OpeningRequested
from contracts.events.judging.draws import CommitmentMade, DrawCancelled, DrawCommitted, PanelDrawn, SecretRevealed
from contracts.events.judging.judges import (
    CandidateWithdrew,
    ConflictDeclared,
    JudgeDrawn,
    JudgeNominated,
    JudgeReleased,
    JudgeReplaced,
    JudgesAssigned,
    SeatDeclined,
    WorksAssigned,
)
from contracts.events.judging.objections import (
    ArbitratorsSeated,
    ObjectionDecided,
    ObjectionDue,
    ObjectionFiled,
    ObjectionLate,
    ObjectionRemedied,
    ObjectionWithdrawn,
)
from contracts.events.judging.rejudging import RejudgingOpened
from contracts.events.judging.results import (
    EntriesAdvanced,
    ProposalWithdrawn,
    ResultAnnounced,
    ResultFinal,
    ResultProposed,
)
from contracts.events.judging.scoring import SheetReturned, SheetsDue, SheetsLate, SheetsLocked
from contracts.events.judging.works import WorkSubmitted
from contracts.events.recognition.awards import AwardWithdrawn, CertificatesReady
from contracts.projects.cooperation.agreements import ProjectOpened
from contracts.projects.planning.plans import ItemAssigned, PlanImported
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
    Rule("work_submitted", WorkSubmitted, to.representatives, about.work),
    Rule("entry_waiting", EntryWaiting, both(to.representatives, to.delegation_leaders), about.entry),
    Rule("offer_made", OfferMade, both(to.representatives, to.delegation_leaders), about.offer),
    Rule("offer_accepted", OfferAccepted, both(to.organizers, to.representatives), about.entry),
    Rule("offer_lapsed", OfferLapsed, both(to.representatives, to.delegation_leaders), about.entry),
    Rule("waiting_ended", WaitingEnded, both(to.representatives, to.delegation_leaders), about.entry),
    Rule("entries_closed", EntriesClosed, to.organizers, about.edition),
    Rule("rules_amended", RulesAmended, to.representatives_of_all, about.amendment),
    Rule("phase_moved", PhaseMoved, to.representatives_of_all, about.moved_phase),
    Rule("places_allocated", PlacesAllocated, to.holders_of_places, about.places),
    Rule("certificates_ready", CertificatesReady, to.representatives, about.certificates),
    Rule("award_withdrawn", AwardWithdrawn, to.representatives, about.withdrawn_award),
    Rule("fixtures_scheduled", FixturesScheduled, to.representatives_of_all, about.scheduled_fixtures),
    Rule("fixture_moved", FixtureMoved, to.representatives_of_all, about.moved_fixture),
    Rule("fixture_cancelled", FixtureCancelled, to.representatives_of_all, about.cancelled_fixture),
    Rule("judge_nominated", JudgeNominated, to.judge, about.candidate),
    Rule("conflict_declared", ConflictDeclared, to.organizers, about.candidate),
    Rule("candidate_withdrew", CandidateWithdrew, both(to.organizers, to.judge), about.candidate),
    Rule("commitment_made", CommitmentMade, both(to.organizers, to.supervisors), about.stage),
    Rule("draw_committed", DrawCommitted, both(to.organizers, to.supervisors), about.stage_and("candidates")),
    Rule("secret_revealed", SecretRevealed, both(to.organizers, to.supervisors), about.stage),
    Rule("panel_drawn", PanelDrawn, both(to.organizers, to.supervisors), about.stage_and("seats")),
    Rule("draw_cancelled", DrawCancelled, both(to.organizers, to.supervisors), about.stage_and("reason")),
    Rule("judge_drawn", JudgeDrawn, to.judge, about.stage),
    Rule("judge_released", JudgeReleased, to.judge, about.stage_and("reason")),
    Rule("seat_declined", SeatDeclined, to.organizers, about.stage),
    Rule("judges_assigned", JudgesAssigned, both(to.organizers, to.supervisors), about.assigned_judges),
    Rule("works_assigned", WorksAssigned, to.judge, about.stage_and("works")),
    Rule("judge_replaced", JudgeReplaced, both(to.organizers, to.supervisors), about.stage_and("moved", "reason")),
    Rule("sheet_returned", SheetReturned, to.judge, about.returned_sheet),
    Rule("sheets_due", SheetsDue, to.judge, about.due_sheets),
    Rule("sheets_late", SheetsLate, both(to.organizers, to.supervisors), about.late_sheets),
    Rule("sheets_locked", SheetsLocked, both(to.organizers, to.supervisors), about.stage),
    Rule("opening_requested", OpeningRequested, both(to.organizers, to.supervisors), about.opening),
    Rule("codes_opened", CodesOpened, both(to.organizers, to.supervisors), about.stage),
    Rule("result_proposed", ResultProposed, both(to.organizers, to.supervisors), about.stage),
    Rule("proposal_withdrawn", ProposalWithdrawn, both(to.organizers, to.supervisors), about.stage),
    Rule("result_announced", ResultAnnounced, both(to.organizers, to.representatives_of_all), about.announced_result),
    Rule("result_final", ResultFinal, both(to.organizers, to.supervisors), about.stage),
    Rule("entries_advanced", EntriesAdvanced, to.representatives_of_all, about.advanced_entries),
    Rule("objection_filed", ObjectionFiled, both(to.objector, to.organizers), about.due_objection),
    Rule("objection_withdrawn", ObjectionWithdrawn, to.organizers, about.objection),
    Rule("arbitrators_seated", ArbitratorsSeated, to.arbitrators, about.due_objection),
    Rule("objection_due", ObjectionDue, to.arbitrators, about.due_objection),
    Rule("objection_late", ObjectionLate, both(to.arbitrators, to.organizers, to.supervisors), about.due_objection),
    Rule(
        "objection_decided", ObjectionDecided, both(to.objector, to.organizers, to.supervisors), about.decided_objection
    ),
    Rule("objection_remedied", ObjectionRemedied, both(to.objector, to.organizers), about.remedied_objection),
    Rule("rejudging_opened", RejudgingOpened, to.judges, about.stage),
    Rule("plan_imported", PlanImported, to.hub_office, about.plan),
    Rule("item_assigned", ItemAssigned, to.representatives_of_units, about.item),
    Rule("project_opened", ProjectOpened, to.representatives_of_participants, about.project),
)

MESSAGES = tuple(dict.fromkeys(rule.on for rule in RULES))
"""The messages that somebody is told of."""


def rules_for(message: Message) -> list[Rule]:
    return [rule for rule in RULES if isinstance(message, rule.on)]
