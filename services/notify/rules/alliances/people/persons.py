"""Notices of persons: who is registered, corrected or affiliated by others is told, where they have an account."""

from contracts.alliances.people.persons import (
    AffiliationChanged,
    PersonAffiliated,
    PersonCorrected,
    PersonErased,
    PersonErasureSet,
    PersonRegistered,
)
from contracts.authority import Scope
from services.notify.telling.facts import or_else
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule

_account = or_else("account", "未知", "unknown")


def themselves(
    message: PersonRegistered
    | PersonCorrected
    | PersonErasureSet
    | PersonErased
    | PersonAffiliated
    | AffiliationChanged,
) -> list[Addressed]:
    """The person, where they have an account."""
    return [Addressed(Reason.ON_RECORD, Scope.person(message.account))] if message.account else []


RULES = (
    Rule(PersonRegistered, themselves, account=_account).naming("account"),
    Rule(PersonCorrected, themselves, account=_account).naming("account"),
    Rule(PersonErasureSet, themselves, account=_account).naming("account"),
    Rule(PersonErased, themselves, account=_account).naming("account"),
    Rule(PersonAffiliated, themselves),
    Rule(AffiliationChanged, themselves),
)
