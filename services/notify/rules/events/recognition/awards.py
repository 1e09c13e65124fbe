"""Notices of awards: certificates that can be fetched, and awards that no longer stand."""

from contracts.events.recognition.awards import GROUND_NAMES, AwardWithdrawn, CertificatesReady
from services.notify.rules.audiences import representatives
from services.notify.rules.facts import words
from services.notify.rules.rule import Rule

RULES = (
    Rule(CertificatesReady, representatives),
    Rule(AwardWithdrawn, representatives, ground=words("ground", GROUND_NAMES)),
)
