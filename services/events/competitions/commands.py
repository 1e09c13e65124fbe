"""What can be done about competitions: found a series; draft, change, publish and repeat an edition; amend its rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from contracts.events.editions import competitions as say
from contracts.events.editions.competitions import EditionKnown, EditionStatus, RulesUnchanged, SeriesKnown
from kit.data.db import Session
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work import timers
from services.events.admission.entries.closing import CLOSE_ENTRIES
from services.events.admission.entries.queries import entered_organizations
from services.events.competitions import rules as rulebook
from services.events.competitions.model import Edition, RuleSet, Series, check_region, check_window
from services.events.competitions.planning import Plan, lay_out, remove
from services.events.competitions.sections import SECTIONS
from services.events.directory.queries import check_alliance
from services.events.editions.phases.commands import announce_phases

TOLD_AT_ONCE = 1000
"""How many organisations one message names; more are named by the next message."""


def found_series(session: Session, *, name_zh: str, name_en: str, alliance_id: str | None = None) -> Series:
    """Enter a competition series; refuses a name that is taken and an alliance that is not known."""
    series = Series(
        id=new_id(),
        created_at=session.now,
        name_zh=name_zh,
        name_en=name_en,
        alliance_id=check_alliance(session, alliance_id),
    )
    session.add(series)
    record(session, series, say.SeriesFounded(series=series.named, alliance_id=series.alliance_id))
    try:
        session.flush()
    except IntegrityError as error:
        raise SeriesKnown("nameZh") from error
    return series


def draft_competition(
    session: Session,
    *,
    series: Series,
    number: int,
    host_region: str,
    opens_at: datetime,
    closes_at: datetime,
    plan: Plan,
    name_zh: str | None = None,
    name_en: str | None = None,
    alliance_id: str | None = None,
) -> Edition:
    """Prepare an edition; refuses a number that is taken, a wrong window, region, phase, rule or alliance."""
    check_window(opens_at, closes_at, session.now)
    edition = Edition(
        id=new_id(),
        created_at=session.now,
        series=series,
        series_id=series.id,
        number=number,
        name_zh=name_zh or f"第{number}届",
        name_en=name_en or f"Edition {number}",
        alliance_id=check_alliance(session, alliance_id) or series.alliance_id,
        host_region=check_region(host_region, "hostRegion"),
        opens_at=opens_at,
        closes_at=closes_at,
        status=EditionStatus.DRAFT,
    )
    session.add(edition)
    record(session, edition, say.CompetitionDrafted(**edition.about))
    try:
        session.flush()
    except IntegrityError as error:
        raise EditionKnown("number", edition=number) from error
    lay_out(session, edition, plan)
    return edition


def change_draft(
    session: Session, *, edition: Edition, opens_at: datetime, closes_at: datetime, host_region: str, plan: Plan
) -> Edition:
    """Lay a draft out anew; refuses as drafting does, and with NotADraft what is public."""
    edition.check_draft()
    check_window(opens_at, closes_at, session.now)
    edition.opens_at, edition.closes_at = opens_at, closes_at
    edition.host_region = check_region(host_region, "hostRegion")
    record(session, edition, say.DraftChanged(**edition.about))
    remove(session, edition)
    lay_out(session, edition, plan)
    return edition


def discard_draft(session: Session, *, edition: Edition) -> None:
    """Give a draft up; refuses with NotADraft what is public. Its messages stay, the rest goes."""
    edition.check_draft()
    record(session, edition, say.DraftDiscarded(**edition.about))
    session.flush()
    remove(session, edition)
    session.delete(edition)


def publish_competition(session: Session, *, edition: Edition) -> Edition:
    """Make a draft public and have its entries closed when its window ends; refuses with NotADraft or WindowPassed."""
    edition.publish(session.now)
    record(session, edition, say.CompetitionPublished(**edition.about))
    timers.at(session, edition.closes_at, CLOSE_ENTRIES, edition.id)
    announce_phases(session, edition)
    return edition


def amend_rules(session: Session, *, edition: Edition, rules: dict[str, Any], reason: str) -> RuleSet:
    """Put a new version of a published edition's rules in force; whoever has entered is told, with the reason.

    Refuses with NotPublished, InvalidInput or RulesUnchanged. What was judged by an earlier version keeps its number.
    """
    edition.check_published()
    before = rulebook.newest(session, edition.id)
    document = rulebook.complete(rules, {track.code for track in edition.tracks}, SECTIONS)
    if rulebook.digest(document) == before.digest:
        raise RulesUnchanged("rules")
    version = RuleSet(
        edition_id=edition.id,
        number=before.number + 1,
        document=document,
        digest=rulebook.digest(document),
        reason=reason,
        created_at=session.now,
    )
    session.add(version)
    told = entered_organizations(session, edition.id)
    for first in range(0, max(len(told), 1), TOLD_AT_ONCE):
        some = told[first : first + TOLD_AT_ONCE]
        said = say.RulesAmended(**edition.about, rules_version=version.number, reason=reason, organization_ids=some)
        record(session, edition, said)
    session.flush()
    return version
