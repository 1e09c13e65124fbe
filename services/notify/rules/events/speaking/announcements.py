"""Notices of announcements: what organisers say to those of an edition whom they have chosen."""

from contracts.authority import Scope
from contracts.events.speaking.announcements import AnnouncementTold
from services.notify.telling.audiences import representing
from services.notify.telling.facts import paragraphs
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


def hearers(message: AnnouncementTold) -> list[Addressed]:
    """The representatives, leaders or judges whom this part of the announcement is for."""
    leaders = (Scope.delegation(message.series_id, province) for province in message.provinces)
    return [
        *representing(*message.organization_ids),
        *(Addressed(Reason.DELEGATION_LEADER, scope) for scope in leaders),
        *(Addressed(Reason.JUDGING, Scope.person(person)) for person in message.people),
    ]


RULES = (Rule(AnnouncementTold, hearers, text=paragraphs("text_zh", "text_en")),)
