"""Notices of results: proposed and final to those who run and watch, announced to those who competed."""

from contracts.events.judging.results import (
    EntriesAdvanced,
    ProposalWithdrawn,
    ResultAnnounced,
    ResultFinal,
    ResultProposed,
)
from services.notify.telling.audiences import organizers, representatives_of_all, supervisors
from services.notify.telling.rule import Rule

RULES = (
    Rule(ResultProposed, organizers, supervisors),
    Rule(ProposalWithdrawn, organizers, supervisors),
    Rule(
        ResultAnnounced,
        organizers,
        representatives_of_all,
        closes="notice_ends_at",
        deadline="objections_until",
    ),
    Rule(ResultFinal, organizers, supervisors),
    Rule(EntriesAdvanced, representatives_of_all),
)
