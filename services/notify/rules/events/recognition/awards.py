"""Notices of awards: certificates that can be fetched, and awards that no longer stand."""

from contracts.events.recognition.awards import GROUND_NAMES, AwardWithdrawn, CertificatesReady
from services.notify.telling.audiences import representatives
from services.notify.telling.facts import words
from services.notify.telling.rule import Rule

RULES = (
    Rule(CertificatesReady, representatives),
    Rule(AwardWithdrawn, representatives, ground=words("ground", GROUND_NAMES)),
)
