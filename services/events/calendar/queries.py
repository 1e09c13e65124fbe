"""What can be asked about calendars: that of a published competition, and that of a person by its secret address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from contracts.base import Named
from contracts.events.editions.phases import PhaseKind
from contracts.events.fixtures.fixtures import FixtureStatus
from contracts.refusals import NotFound
from kit.data.db import Session
from kit.data.rendering import rendered
from services.events.calendar.concerning import Concern
from services.events.calendar.items import Item, entry_window, fixture_item, phase_item
from services.events.calendar.model import CalendarAddress
from services.events.directory.model import Organization
from services.events.editions.editions.model import Edition, Round, Stage
from services.events.editions.phases.model import Phase
from services.events.editions.rulesets.model import RuleSet
from services.events.editions.rulesets.reading import section_of
from services.events.fixtures.model import Fixture
from services.events.fixtures.queries import shown
from services.events.fixtures.rules import FixturesForm

MOST_FIXTURES = 1000
"""In one calendar, the latest ones; a program that subscribes reads it whole every time."""
MOST_PHASES = 1000


def my_calendar(session: Session) -> CalendarAddress | None:
    """The address of the viewer's calendar, if they have asked for one."""
    return session.get(CalendarAddress, session.viewer.id)


def competition_calendar(session: Session, competition_id: str) -> tuple[Edition, list[Item]]:
    """Everything dated in an edition that the public knows of, in order; refuses with NotFound."""
    edition = session.find(Edition, competition_id, joinedload(Edition.series))
    if edition is None or edition.published_at is None:
        raise NotFound("competitionId")
    phases = _phases(session, Phase.edition_id == edition.id)
    fixtures = _fixtures(session, Fixture.edition_id == edition.id)
    return edition, _ordered([entry_window(edition), *phases, *fixtures])


def person_calendar(session: Session, secret: str) -> list[Item]:
    """Everything dated that concerns whoever has this address, in order; refuses with NotFound."""
    person = session.scalar(select(CalendarAddress.person).where(CalendarAddress.secret == secret))
    if person is None:
        raise NotFound("secret")
    concern = Concern(session, person)
    whole = select(Edition).where(Edition.id.in_(concern.editions())).options(joinedload(Edition.series))
    editions = session.scalars(whole).all()
    seen = [edition.id for edition in editions]
    run = [edition.id for edition in session.scalars(whole.where(concern.runs()))]
    judging = and_(Phase.round_id.in_(concern.judged_rounds()), Phase.kind == PhaseKind.JUDGING)
    mine = concern.entries()
    theirs = or_(Fixture.edition_id.in_(run), Fixture.home_id.in_(mine), Fixture.away_id.in_(mine))
    return _ordered(
        [
            *rendered(editions, entry_window),
            *_phases(session, or_(Phase.edition_id.in_(seen), judging)),
            *_fixtures(session, theirs),
        ]
    )


def _phases(session: Session, which: ColumnElement[bool]) -> list[Item]:
    whole = joinedload(Phase.round).joinedload(Round.edition).joinedload(Edition.series)
    query = select(Phase).join(Phase.round).join(Round.edition).where(Edition.published_at.is_not(None), which)
    latest = query.options(whole).order_by(Phase.opens_at.desc(), Phase.id).limit(MOST_PHASES)
    return rendered(session.scalars(latest), phase_item)


def _fixtures(session: Session, which: ColumnElement[bool]) -> list[Item]:
    """Those that have a time, and those that were cancelled a short while ago."""
    its_stage = joinedload(Fixture.stage).options(
        joinedload(Stage.track), joinedload(Stage.round), joinedload(Stage.edition).joinedload(Edition.series)
    )
    sides = (joinedload(Fixture.home), joinedload(Fixture.away), joinedload(Fixture.venue))
    query = (
        select(Fixture).join(Fixture.stage).join(Stage.edition).where(shown(), Fixture.starts_at.is_not(None), which)
    )
    latest = query.order_by(Fixture.starts_at.desc(), Fixture.id).limit(MOST_FIXTURES)
    found = session.scalars(latest.options(its_stage, *sides, selectinload(Fixture.records))).all()
    kept = _kept(session, found)
    named = _institutions(session, kept)
    return rendered(kept, lambda fixture: fixture_item(fixture, named))


def _kept(session: Session, fixtures: Sequence[Fixture]) -> list[Fixture]:
    """All but those that were cancelled longer ago than the rules keep them."""
    cancelled = {each.edition_id for each in fixtures if each.status == FixtureStatus.CANCELLED}
    if not cancelled:
        return list(fixtures)
    versions = select(RuleSet).where(RuleSet.edition_id.in_(cancelled)).order_by(RuleSet.number)
    newest = {version.edition_id: version.document for version in session.scalars(versions)}

    def keeps(fixture: Fixture) -> bool:
        if fixture.cancelled_at is None:
            return True
        rules = section_of(newest[fixture.edition_id], fixture.stage.track.code, FixturesForm)
        return session.now < fixture.cancelled_at + timedelta(days=rules.calendar_keep_days)

    return [fixture for fixture in fixtures if keeps(fixture)]


def _institutions(session: Session, fixtures: Iterable[Fixture]) -> dict[str, Named]:
    ids = {entry.organization_id for each in fixtures for entry in (each.home, each.away) if entry}
    return {each.id: each.named for each in session.scalars(select(Organization).where(Organization.id.in_(ids)))}


def _ordered(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.starts_at, item.uid))
