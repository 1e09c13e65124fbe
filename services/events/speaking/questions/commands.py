"""What can be done about questions: ask, answer, set right, show and hide, close and reopen."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from contracts.events.speaking import questions as say
from contracts.events.speaking.questions import AnswersSpent, QuestionsSpent, QuestionStatus
from contracts.refusals import ChangedMeanwhile, TooLong
from kit.clock import in_china
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition, check_province
from services.events.speaking.announcements.commands import check_track
from services.events.speaking.questions.model import Answer, Question
from services.events.speaking.questions.queries import asked_on
from services.events.speaking.questions.settings import QuestionLimits


def ask_question(
    session: Session,
    *,
    edition: Edition,
    organization: Organization | None,
    province: str,
    text: str,
    limits: QuestionLimits,
    track_id: str | None = None,
    public: bool | None = None,
) -> Question:
    """Ask for an institution, or without one for the delegation of a province.

    Refuses with NotPublished, TrackElsewhere, UnknownRegion, TooLong or QuestionsSpent.
    """
    edition.check_published()
    check_track(edition, track_id)
    if len(text) > limits.characters:
        raise TooLong("text", max=limits.characters)
    question = Question(id=new_id(), created_at=session.now, edition=edition, edition_id=edition.id, track_id=track_id)
    question.text, question.public, question.person = text, bool(public), session.viewer.id
    question.answers, question.status, question.shown_from = 0, QuestionStatus.OPEN, 1 if public else None
    question.organization, question.organization_id = organization, organization.id if organization else None
    question.province = check_province(province, "province")
    _count(session, question, limits)
    record(session, question, say.QuestionAsked(**question.about))
    return question


def answer_question(session: Session, *, question: Question, text: str, limits: QuestionLimits) -> Question:
    """Answer it; refuses with QuestionOver, AnsweredAlready or AnswersSpent."""
    question.check_open()
    _answer(session, question, text, limits)
    record(session, question, say.QuestionAnswered(**question.about))
    return question


def correct_answer(session: Session, *, question: Question, text: str, limits: QuestionLimits) -> Question:
    """Give another version of the answer; refuses with NotAnswered, QuestionWaits or AnswersSpent."""
    question.check_correctable()
    _answer(session, question, text, limits)
    record(session, question, say.AnswerCorrected(**question.about))
    return question


def show_question(session: Session, *, question: Question, wording: str | None = None) -> Question:
    """Let everybody read it, in other words where some are given; refuses with NotAnswered."""
    question.check_answered()
    question.show(wording)
    record(session, question, say.QuestionShown(**question.about))
    return question


def hide_question(session: Session, *, question: Question) -> Question:
    """Let everybody read it no longer; refuses with NotShown."""
    question.check_shown()
    question.public = False
    record(session, question, say.QuestionHidden(**question.about))
    return question


def close_question(session: Session, *, question: Question, reason: str, by_organizers: bool) -> Question:
    """End it; refuses with QuestionOver."""
    question.check_not_over()
    question.step_to(QuestionStatus.CLOSED, reason)
    record(session, question, say.QuestionClosed(**question.about, by_organizers=by_organizers))
    return question


def reopen_question(session: Session, *, question: Question, reason: str, by_organizers: bool) -> Question:
    """Have it wait for an answer again; refuses with QuestionWaits."""
    question.check_reopens()
    question.step_to(QuestionStatus.OPEN, reason)
    record(session, question, say.QuestionReopened(**question.about, by_organizers=by_organizers))
    return question


def forget_authors(session: Session, accounts: Collection[str]) -> None:
    """Let nothing say any more that these accounts have asked or answered."""
    for table in (Question, Answer):
        nobody = update(table).where(table.person.in_(accounts)).values(person=None)
        session.execute(nobody.execution_options(synchronize_session=False))


def _count(session: Session, question: Question, limits: QuestionLimits) -> None:
    """Take one of the questions that the person may ask today; two at once cannot take the same."""
    question.asked_on = in_china(session.now).date()
    asked = asked_on(session, session.viewer.id, question.asked_on)
    if asked >= limits.a_day:
        raise QuestionsSpent(most=limits.a_day)
    question.slot = asked + 1
    session.add(question)
    try:
        session.flush()
    except IntegrityError as error:
        raise ChangedMeanwhile from error


def _answer(session: Session, question: Question, text: str, limits: QuestionLimits) -> None:
    if question.answers >= limits.versions:
        raise AnswersSpent("questionId", most=limits.versions)
    question.take_answer(text, session.now)
    answer = {"question_id": question.id, "number": question.answers, "text": text}
    session.add(Answer(**answer, person=session.viewer.id, given_at=session.now))
