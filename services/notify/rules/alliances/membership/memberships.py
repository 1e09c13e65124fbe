"""Notices of memberships: each step is told to the side that did not take it, and what time alone does to both."""

from contracts.alliances.membership.memberships import (
    ApplicationCorrected,
    ApplicationDue,
    ApplicationReturned,
    InvitationDeclined,
    InvitationDue,
    InvitationLapsed,
    InvitationWithdrawn,
    MemberAdmitted,
    MemberExpelled,
    MemberInvited,
    MemberResumed,
    MembershipAppliedFor,
    MembershipDeclined,
    MembershipLapsed,
    MembershipMerged,
    MembershipUnmerged,
    MemberSuspended,
    MemberWithdrawn,
)
from services.notify.telling.audiences import representatives, secretariat
from services.notify.telling.rule import Rule

RULES = (
    Rule(MembershipAppliedFor, secretariat),
    Rule(MemberInvited, representatives),
    Rule(MemberAdmitted, representatives),
    Rule(MembershipDeclined, representatives),
    Rule(InvitationDeclined, secretariat),
    Rule(MemberSuspended, representatives),
    Rule(MemberResumed, representatives),
    Rule(MemberWithdrawn, secretariat),
    Rule(MemberExpelled, representatives),
    Rule(MembershipMerged, secretariat),
    Rule(MembershipUnmerged, secretariat),
    Rule(InvitationWithdrawn, representatives),
    Rule(InvitationLapsed, representatives, secretariat),
    Rule(MembershipLapsed, representatives, secretariat),
    Rule(ApplicationReturned, representatives),
    Rule(ApplicationCorrected, secretariat),
    Rule(InvitationDue, representatives),
    Rule(ApplicationDue, secretariat),
)
