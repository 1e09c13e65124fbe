"""What can be done about competitions: draft, change, discard and publish an edition, and amend its rules."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from contracts.events.editions import competitions as say
from contracts.events.editions.competitions import EditionKnown, EditionStatus
from contracts.refusals import RulesUnchanged
from kit.data.db import Session
from kit.documents.digest import digest
from kit.ids import new_id
from kit.messages.outbox import record
from kit.work import timers
from procedures.search.indexing import index_names
from services.events.admission.entering.closing import CLOSE_ENTRIES
from services.events.admission.entering.reminding import watch_entries
from services.events.admission.entries.answering import erase_later
from services.events.admission.entries.queries import entered
from services.events.attachments.retaining import erase_all_later as erase_attachments_later
from services.events.attachments.retaining import forget as forget_attachments
from services.events.competitions.planning import PartOfPlan, Plan, changed, lay_out, plan_of, remove
from services.events.competitions.sections import SECTIONS
from services.events.editions.editions.model import Edition, check_region, check_window
from services.events.editions.phases.commands import schedule_phases
from services.events.editions.presentations.model import Presentation
from services.events.editions.rulesets.model import RuleSet
from services.events.editions.rulesets.reading import newest, rulebook
from services.events.editions.series.commands import check_addressable
from services.events.editions.series.model import Series
from services.events.judging.scoring.commands import plan_reminders
from services.events.judging.works.reminding import watch_works

NO_TIME = timedelta()


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
        alliance_id=check_addressable(session, series, alliance_id) or series.alliance_id,
        host_region=check_region(host_region, "hostRegion"),
        opens_at=opens_at,
        closes_at=closes_at,
        status=EditionStatus.DRAFT,
    )
    session.add(edition)
    record(session, edition, say.CompetitionDrafted(**edition.about))
    index_names(session, edition)
    try:
        session.flush()
    except IntegrityError as error:
        raise EditionKnown("number", edition=number) from error
    lay_out(session, edition, plan)
    return edition


def change_draft(session: Session, *, edition: Edition, changes: dict[str, Any], plan: PartOfPlan) -> Edition:
    """Change a draft: what is given replaces what it had; refuses as drafting does, and with NotADraft what is public."""
    edition.check_draft()
    for name, value in changes.items():
        setattr(edition, name, value)
    check_window(edition.opens_at, edition.closes_at, session.now)
    check_region(edition.host_region, "hostRegion")
    record(session, edition, say.DraftChanged(**edition.about))
    index_names(session, edition)
    if plan:
        whole = changed(plan_of(session, edition, later=NO_TIME), plan)
        remove(session, edition)
        lay_out(session, edition, whole)
    return edition


def discard_draft(session: Session, *, edition: Edition) -> None:
    """Give a draft up; refuses with NotADraft what is public. Its messages stay, the rest goes."""
    edition.check_draft()
    record(session, edition, say.DraftDiscarded(**edition.about))
    session.flush()
    forget_attachments(session, edition)
    remove(session, edition)
    session.execute(delete(Presentation).where(Presentation.edition_id == edition.id))
    session.delete(edition)


def publish_competition(session: Session, *, edition: Edition) -> Edition:
    """Make a draft public and have its entries closed when its window ends; refuses with NotADraft or WindowPassed."""
    edition.publish(session.now)
    record(session, edition, say.CompetitionPublished(**edition.about))
    timers.at(session, edition.closes_at, CLOSE_ENTRIES, edition.id)
    watch_entries(session, edition)
    phases = schedule_phases(session, edition)
    plan_reminders(session, phases)
    watch_works(session, phases)
    erase_later(session, edition.tracks)
    erase_attachments_later(session, edition)
    return edition


def amend_rules(session: Session, *, edition: Edition, rules: dict[str, Any], reason: str) -> RuleSet:
    """Put a new version of a published edition's rules in force; whoever has entered is told, with the reason.

    Refuses with NotPublished, IsCancelled, InvalidInput or RulesUnchanged. What was judged by an earlier version keeps
    its number.
    """
    edition.check_goes_on()
    before = newest(session, edition.id)
    document = rulebook().complete(rules, {track.code for track in edition.tracks}, SECTIONS)
    if digest(document) == before.digest:
        raise RulesUnchanged("rules")
    version = RuleSet(
        edition_id=edition.id,
        number=before.number + 1,
        document=document,
        digest=digest(document),
        reason=reason,
        created_at=session.now,
    )
    session.add(version)
    for some in entered(session, edition.id):
        amended = say.RulesAmended(**edition.about, rules_version=version.number, reason=reason, organization_ids=some)
        record(session, edition, amended)
    session.flush()
    erase_attachments_later(session, edition)
    return version
