"""Notices of delegates: whoever speaks for a member is told, and so are both sides."""

from contracts.alliances.membership.delegates import DELEGATE_WORDS, DelegateEnded, DelegateNamed
from services.notify.telling.audiences import representatives, secretariat, the_people
from services.notify.telling.facts import words
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def sides_that_lose_them(message: DelegateEnded) -> list[Addressed]:
    """Both sides, where nobody has ended it: they have to name somebody else."""
    return [*representatives(message), *secretariat(message)] if message.left else []


RULES = (
    Rule(DelegateNamed, the_people(Reason.DELEGATE), representatives, secretariat, kind=words("kind", DELEGATE_WORDS)),
    Rule(DelegateEnded, sides_that_lose_them, kind=words("kind", DELEGATE_WORDS)),
)
