"""Notices of questions: to the organisers of what waits for them, to those who asked of what was answered."""

from typing import Protocol

from contracts.authority import Scope
from contracts.events.speaking import questions as say
from services.notify.telling.audiences import organizers, representatives_of_all
from services.notify.telling.reasons import Addressed, Reason
from services.notify.telling.rule import Rule


class _AboutQuestion(Protocol):
    @property
    def series_id(self) -> str: ...
    @property
    def province(self) -> str: ...
    @property
    def organization_ids(self) -> list[str]: ...


def askers(message: _AboutQuestion) -> list[Addressed]:
    """The representatives of the institution that asks, or those who lead or run the delegation that does."""
    if message.organization_ids:
        return representatives_of_all(message)
    leads = Scope.delegation(message.series_id, message.province)
    runs = Scope.province(message.province)
    return [Addressed(Reason.DELEGATION_LEADER, leads), Addressed(Reason.PROVINCE_OFFICE, runs)]


def the_other_side(message: say.QuestionClosed | say.QuestionReopened) -> list[Addressed]:
    """Those who asked of what the organisers have done, and the organisers of what those did."""
    return askers(message) if message.by_organizers else organizers(message)


RULES = (
    Rule(say.QuestionAsked, organizers),
    Rule(say.QuestionAnswered, askers),
    Rule(say.AnswerCorrected, askers),
    Rule(say.QuestionShown, askers),
    Rule(say.QuestionClosed, the_other_side),
    Rule(say.QuestionReopened, the_other_side),
)
