"""Notices of waiting lists: who waits, who is offered a place, and what becomes of it."""

from contracts.events.admission.waiting import EntryWaiting, OfferAccepted, OfferLapsed, OfferMade, WaitingEnded
from services.notify.telling.audiences import delegation_leaders, organizers, representatives
from services.notify.telling.rule import Rule

RULES = (
    Rule(EntryWaiting, representatives, delegation_leaders),
    Rule(OfferMade, representatives, delegation_leaders, deadline="offered_until"),
    Rule(OfferAccepted, organizers, representatives),
    Rule(OfferLapsed, representatives, delegation_leaders),
    Rule(WaitingEnded, representatives, delegation_leaders),
)
