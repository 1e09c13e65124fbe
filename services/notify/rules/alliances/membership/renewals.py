"""Notices of renewals: the member and the secretariat are told in time, and the member that it is renewed."""

from contracts.alliances.membership.renewals import GraceBegan, MembershipRenewed, RenewalDue
from services.notify.telling.audiences import representatives, secretariat
from services.notify.telling.rule import Rule

RULES = (
    Rule(RenewalDue, representatives, secretariat),
    Rule(GraceBegan, representatives, secretariat),
    Rule(MembershipRenewed, representatives),
)
