"""What can be asked about awards: everybody sees those that stand, with the names that the rules let the public see."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from contracts.browsing import START, Stretch
from contracts.events.recognition.awards import AwardKind, AwardStatus, AwardTableBy
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.paging import Page, by_age, page
from kit.rights.merged import survivors
from services.events.editions.editions.model import Edition, Stage
from services.events.editions.rulesets import reading as rulebook
from services.events.recognition.awards.model import Award, Granting
from services.events.recognition.awards.rules import AwardsForm, Tally
from services.events.recognition.awards.tallies import Line, Tallied, table
from services.events.rights import ANSWERS_FOR, SEES_AWARD

_EDITION = joinedload(Award.granting).joinedload(Granting.edition).joinedload(Edition.series)
_STAGE = joinedload(Award.granting).joinedload(Granting.stage)
_WHOLE = (_EDITION, _STAGE.joinedload(Stage.track), _STAGE.joinedload(Stage.round))


def award(session: Session, award_id: str) -> Award:
    """The award with its granting, stage and edition; refuses with NotFound."""
    found = session.find(Award, award_id, *_WHOLE)
    if found is None:
        raise NotFound("awardId")
    return found


def awards(
    session: Session,
    *,
    competition_id: str,
    stage_id: str | None = None,
    kind: AwardKind | None = None,
    stretch: Stretch = START,
) -> Page[Award]:
    """The awards of an edition that the viewer may know of, as they were given: each time the highest prize first."""
    query = _seen(session, select(Award).where(Award.edition_id == competition_id))
    if stage_id:
        query = query.where(Award.stage_id == stage_id)
    if kind:
        query = query.where(Award.kind == kind)
    return page(session, query, stretch, orders=by_age(Award.id))


def awards_by_id(session: Session, ids: list[str]) -> Sequence[Award]:
    """Those of these awards that the viewer may know of, in no particular order."""
    return session.scalars(_seen(session, select(Award).where(Award.id.in_(ids)))).all()


def concerns(session: Session) -> Callable[[Award], bool]:
    """Whether an award concerns the viewer: they see the name in full, and the certificate."""
    answers_for = ANSWERS_FOR.test(session)
    return lambda award: answers_for(**award.keys)


def lines(
    session: Session, *, edition_id: str, by: AwardTableBy, tally: Tally, round_id: str | None = None
) -> list[Line]:
    """The table of an edition or one of its rounds: every province or institution that has a prize that stands."""
    holder = Award.province if by == AwardTableBy.PROVINCE else Award.organization_id
    count = (
        select(holder, Award.prize, Award.rank, Award.points, func.count())
        .where(Award.edition_id == edition_id, Award.kind == AwardKind.ENTRY, Award.status == AwardStatus.GRANTED)
        .group_by(holder, Award.prize, Award.rank, Award.points)
    )
    if round_id:
        count = count.where(Award.stage_id.in_(select(Stage.id).where(Stage.round_id == round_id)))
    rows = session.execute(count).all()
    now = {} if by == AwardTableBy.PROVINCE else survivors(session, {row[0] for row in rows})
    return table((Tallied(now.get(row[0], row[0]), *row[1:]) for row in rows), tally)


def rules_of_prizes(session: Session, edition_id: str) -> int | None:
    """The newest version of the rules by which prizes of an edition were given, if any were."""
    given = select(func.max(Granting.rules_version)).where(Granting.edition_id == edition_id)
    return session.scalar(given.where(Granting.stage_id.is_not(None)))


def rules_given_by(session: Session, stage_id: str, digest: str) -> int | None:
    """The version of the rules by which awards were given on the result of this digest, if any were."""
    given = select(Granting.rules_version).where(Granting.stage_id == stage_id, Granting.digest == digest)
    return session.scalar(given)


def award_table(session: Session, *, edition_id: str, by: AwardTableBy, round_id: str | None = None) -> list[Line]:
    """The table by what the rules compare by."""
    document = rulebook.newest(session, edition_id).document
    rules = rulebook.section_of(document, "", AwardsForm)
    return lines(session, edition_id=edition_id, by=by, tally=rules.tables, round_id=round_id)


def given_before(session: Session, granting_id: str) -> dict[tuple[str, str, str], str]:
    """The status of every award of a granting by kind, holder and prize."""
    query = select(Award.kind, Award.holder_id, Award.prize, Award.status).where(Award.granting_id == granting_id)
    return {(kind, holder, prize): status for kind, holder, prize, status in session.execute(query)}


def advisers_awards(session: Session, award: Award) -> Sequence[Award]:
    """The awards of advisers that rest on the prize of their entry, as far as they stand."""
    query = select(Award).where(
        Award.granting_id == award.granting_id,
        Award.entry_id == award.entry_id,
        Award.kind == AwardKind.ADVISER,
        Award.status == AwardStatus.GRANTED,
    )
    return session.scalars(query).all()


def _seen(session: Session, query: Select[Award]) -> Select[Award]:
    """Without what was withdrawn, but for those who run it or whom it concerns."""
    shown = SEES_AWARD.rows(
        session,
        granted=Award.status == AwardStatus.GRANTED,
        organization_id=Award.organization_id,
        province=Award.province,
        series_id=Edition.series_id,
    )
    return query.join(Edition, Edition.id == Award.edition_id).where(shown).options(*_WHOLE)
