"""What can be asked about questions: one's own and the public ones by everybody, all of them by the organisers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from contracts.browsing import START, Stretch
from contracts.events.speaking.questions import QuestionStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, by_age, newest_first, page
from services.events.editions.editions.model import Edition
from services.events.editions.editions.queries import edition
from services.events.rights import ANSWERS_FOR, ORGANIZES
from services.events.speaking.questions.model import Answer, Question
from services.events.speaking.questions.rights import SEES_QUESTION
from services.events.speaking.seeing import seen_within

_WHOLE = (joinedload(Question.edition).joinedload(Edition.series), joinedload(Question.organization))
_KEYS: dict[str, Any] = {
    "organization_id": Question.organization_id,
    "province": Question.province,
    "public": and_(Question.public, Question.answers > 0),
}
LOOKED_THROUGH = 5000
"""How many of the newest questions of an edition a text is looked for in."""


def question(session: Session, question_id: str) -> Question:
    """The question with its edition, series and institution; refuses with NotFound."""
    found = session.find(Question, question_id, *_WHOLE)
    if found is None:
        raise NotFound("questionId")
    return found


def questions(
    session: Session,
    *,
    competition_id: str,
    track_id: str | None = None,
    status: QuestionStatus | None = None,
    containing: str | None = None,
    stretch: Stretch = START,
) -> Page[Question]:
    """Those about an edition that the viewer may see, newest first."""
    series_id = edition(session, competition_id).series_id
    of_edition = Question.edition_id == competition_id
    seen = seen_within(session, SEES_QUESTION, Question.id, of_edition, **_KEYS, series_id=series_id)
    within = [of_edition, seen]
    within += [Question.track_id == track_id] if track_id else []
    within += [Question.status == status] if status else []
    query = select(Question).where(*within)
    if containing:
        newest = select(Question.id).where(*within).order_by(Question.id.desc()).limit(LOOKED_THROUGH)
        query = query.where(Question.id.in_(newest), _contains(session, containing, series_id))
    return page(session, query.options(*_WHOLE), stretch, orders=newest_first(Question.id))


def open_questions(session: Session, *, stretch: Stretch = START) -> Page[Question]:
    """Those that wait for an answer in what the viewer organises, the oldest first."""
    mine = ORGANIZES.rows(session, series_id=Edition.series_id)
    query = select(Question).join(Question.edition).where(Question.status == QuestionStatus.OPEN, mine)
    return page(session, query.options(*_WHOLE), stretch, orders=by_age(Question.id))


def questions_by_id(session: Session, ids: list[str]) -> Sequence[Question]:
    """Those of these questions that the viewer may see, in no particular order."""
    return session.scalars(_seen(session).where(Question.id.in_(ids)).options(*_WHOLE)).all()


def answers_of_questions(session: Session, question_ids: list[str]) -> Sequence[Answer]:
    """Every version of the answers to those of these questions that the viewer may see, before it was shown to them too.

    Whom a question does not concern is told only what was answered since everybody may read it.
    """
    concerns = ANSWERS_FOR.rows(session, **_KEYS, series_id=Edition.series_id)
    told = Answer.number >= func.coalesce(Question.shown_from, Question.answers)
    seen = _seen(session).where(Question.id.in_(question_ids), or_(concerns, told))
    query = seen.join(Answer, Answer.question_id == Question.id).with_only_columns(Answer)
    return session.scalars(query.order_by(Answer.question_id, Answer.number)).all()


def asked_on(session: Session, person: str, day: date) -> int:
    """The slot of the last question that a person has asked on a day; 0 where there is none."""
    last = select(func.max(Question.slot)).where(Question.person == person, Question.asked_on == day)
    return session.scalar(last) or 0


def _contains(session: Session, text: str, series_id: str) -> ColumnElement[bool]:
    """That a text occurs in what the viewer reads: of others' questions that is their public wording."""
    shown = func.coalesce(Question.wording, Question.text).icontains(text, autoescape=True)
    asked = and_(
        ANSWERS_FOR.rows(session, **_KEYS, series_id=series_id), Question.text.icontains(text, autoescape=True)
    )
    return or_(asked, shown, Question.answer.icontains(text, autoescape=True))


def _seen(session: Session) -> Select[Question]:
    return (
        select(Question).join(Question.edition).where(SEES_QUESTION.rows(session, **_KEYS, series_id=Edition.series_id))
    )
