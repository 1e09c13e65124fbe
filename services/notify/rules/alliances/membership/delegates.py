"""Notices of delegates: whoever speaks for a member is told, and so are both sides."""

from contracts.alliances.membership.delegates import DELEGATE_WORDS, DelegateNamed
from services.notify.telling.audiences import representatives, secretariat, the_people
from services.notify.telling.facts import words
from services.notify.telling.reasons import Reason
from services.notify.telling.rule import Rule

RULES = (
    Rule(DelegateNamed, the_people(Reason.DELEGATE), representatives, secretariat, kind=words("kind", DELEGATE_WORDS)),
)
