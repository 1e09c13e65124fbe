"""Notices of quotas: whoever has been given places is told."""

from contracts.authority import Scope
from contracts.events.admission.quotas import PlacesAllocated
from services.notify.telling.audiences import representatives_of_all
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def offices_of_provinces(message: PlacesAllocated) -> list[Addressed]:
    return [Addressed(Reason.PROVINCE_OFFICE, Scope.province(code)) for code in message.provinces]


RULES = (Rule(PlacesAllocated, offices_of_provinces, representatives_of_all),)
