"""Kinds: every kind of thing that shows what can be done about it, in a world with one, at each of its statuses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.registry.alliances import AllianceStage
from contracts.alliances.registry.organizations import OrganizationStatus
from contracts.events.admission.entries import EntryStatus
from contracts.events.editions.competitions import EditionStatus
from contracts.events.judging.judges import SeatStatus
from contracts.events.judging.objections import ObjectionStatus
from contracts.events.judging.results import ResultStatus, VersionStatus
from contracts.events.judging.scoring import SheetStatus
from contracts.events.speaking.announcements import AnnouncementStatus
from contracts.events.speaking.questions import QuestionStatus
from contracts.projects.cooperation.agreements import ProjectStatus
from kit.data.db import Session
from kit.ids import new_id
from services.alliances.membership.memberships.model import Membership
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization
from services.events.admission.entries.model import Entry
from services.events.admission.quotas.model import Quota
from services.events.editions.editions.model import Edition, Track
from services.events.judging.judges.model import Seat
from services.events.judging.locks.model import SheetLock
from services.events.judging.objections.at_hand import AtHand
from services.events.judging.objections.model import OPEN, Arbitrator, ArbitratorSeat, Objection
from services.events.judging.results.model import Result, ResultVersion
from services.events.judging.scoring.acting_on_sheets import OnDesk
from services.events.judging.scoring.model import Sheet
from services.events.speaking.announcements.model import Announcement
from services.events.speaking.questions.model import Question
from services.projects.cooperation.agreements.model import Milestone, Project
from services.projects.planning.plans.model import WorkItem
from tests.rights import worlds
from tests.rights.trying import World
from tests.rights.worlds import NOWHERE, series_of
from tests.services.alliances.alliances_hub import HUANGSHAN_CITY, AlliancesHub
from tests.services.events.attachments.attaching import NAMES
from tests.services.events.competitions.competing import a_track, drafted
from tests.services.events.events_hub import SHANGHAI, EventsHub
from tests.services.events.judging.results.judging import ARBITRATORS, judged
from tests.services.events.judging.scoring.judging import Judging, scores
from tests.services.events.judging.works.handing_in import entered
from tests.services.events.speaking.announcing import an_edition, written
from tests.services.events.speaking.asking import ASKER, asked
from tests.services.projects.planning.plans.writing import PLAN
from tests.services.uploading import a_pdf, told


@dataclass(frozen=True)
class Kind:
    """A kind of thing with actions: where there is one, what a question calls it, and what it is at each status."""

    about: type[Any]
    world: Callable[[], World]
    called: str
    question: str
    statuses: Sequence[str]
    beside: Callable[[Session, Any], None] = lambda _session, _thing: None
    row: type[Any] | None = None
    """What is stored of it, where that is another class."""


def a_draft() -> World:
    hub = EventsHub()
    draft = drafted(hub)
    keys = NOWHERE | {"series_id": draft["series"]["id"]}
    attached = {"begin_attachment()": {**NAMES, **told(a_pdf()), "reason": "补充"}}
    facts = {"competition_id": draft["id"], "tracks": [a_track()], "host_region": HUANGSHAN_CITY}
    return World(hub, keys, {**facts, **attached})


STAGES = (AllianceStage.ACTIVE, AllianceStage.DISSOLVED)


def an_alliance() -> World:
    """One in which the organisation that everybody tries with has no membership."""
    hub = AlliancesHub()
    hub.begin()
    keys = {"alliance_id": hub.alliance(region=HUANGSHAN_CITY)["id"]}
    keys["organization_id"] = hub.organization(region=HUANGSHAN_CITY)["id"]
    return World(hub, NOWHERE | keys, {**keys, "import_members()": {"csv": "", "file": None, "digest": worlds.DIGEST}})


def _as_staged(_session: Session, alliance: Alliance) -> None:
    alliance.stage = alliance.status  # type: ignore[attr-defined]


def an_entry() -> World:
    hub = EventsHub()
    entry = entered(hub)
    [found] = hub.ask("entries_by_id", ids=[entry.entry_id])
    keys = {"organization_id": entry.organization_id, "province": found["province"], "series_id": series_of(hub)}
    return World(hub, NOWHERE | keys, {"entry_id": entry.entry_id})


def an_open_track() -> World:
    world = an_entry()
    [found] = world.hub.ask("entries_by_id", ids=[world.given["entry_id"]])
    world.given |= {
        "track_id": found["track"]["id"],
        "organization_id": world.keys["organization_id"],
        "contestant": "乙",
    }
    return world


def _as_opened(session: Session, track: Track) -> None:
    edition = session.get_one(Edition, track.edition_id)
    edition.status = track.status  # type: ignore[attr-defined]
    edition.published_at = session.now


def an_item() -> World:
    world = worlds.projects()
    plan = world.hub.ask("import_plan", text=PLAN, public=True)
    [item, *_] = world.hub.ask("work_items", plan_id=plan["id"])["nodes"]
    world.given |= {"item_id": item["id"]}
    return world


def an_announcement() -> World:
    hub = EventsHub()
    edition, _ = an_edition(hub)
    return World(hub, NOWHERE | {"series_id": series_of(hub)}, {"announcement_id": written(hub, edition)})


def a_question() -> World:
    hub = EventsHub()
    edition, _ = an_edition(hub)
    organization = hub.organization(representative=ASKER)
    keys = {"series_id": series_of(hub), "organization_id": organization, "province": SHANGHAI}
    return World(hub, NOWHERE | keys, {"question_id": asked(hub, edition, organization)})


def _as_asked(_session: Session, question: Question) -> None:
    question.answers = 0 if question.status == QuestionStatus.OPEN else 1
    question.public = question.status == QuestionStatus.CLOSED


def _as_going(session: Session, announcement: Announcement) -> None:
    announcement.goes_at = None if announcement.status == AnnouncementStatus.DRAFT else session.now


def _as_booked(session: Session, entry: Entry) -> None:
    """Entries are still taken, and the books of its places have one at each status."""
    session.get_one(Edition, entry.edition_id).status = EditionStatus.PUBLISHED
    entry.offered_until = session.now + timedelta(days=1) if entry.status == EntryStatus.OFFERED else None
    quota = session.get_one(Quota, entry.quota_id)
    quota.places, quota.taken, quota.offered, quota.waiting = 9, 1, 1, 1


def _as_published(session: Session, edition: Edition) -> None:
    edition.published_at = None if edition.status == EditionStatus.DRAFT else session.now


def a_project() -> World:
    world = worlds.projects()
    world.given |= {"title": "新题"}
    return world


def _as_closed(session: Session, project: Project) -> None:
    project.closed_at = None if project.status == ProjectStatus.OPEN else session.now


def _as_reached(session: Session, milestone: Milestone) -> None:
    milestone.reached_at = session.now if milestone.status == "reached" else None  # type: ignore[attr-defined]
    milestone.project = session.get_one(Project, milestone.project_id)
    over = milestone.status == "closed"  # type: ignore[attr-defined]
    milestone.project.status = ProjectStatus.ENDED if over else ProjectStatus.OPEN
    milestone.project.closed_at = session.now if over else None


def a_result() -> World:
    hub = EventsHub()
    stage = judged(hub)
    proposed = stage.propose()
    keys = NOWHERE | {"series_id": stage.series_id}
    return World(hub, keys, {"result_id": proposed["id"], "digest": worlds.DIGEST})


def an_objection() -> World:
    """One that is filed, with people who can sit on its panel."""
    hub = EventsHub()
    stage = judged(hub)
    stage.announce()
    given = {"objection_id": stage.object("B")["id"], "entry_ids": [stage.entries["B"]]}
    return World(hub, NOWHERE | {"series_id": stage.series_id}, given, ("rep-B", ARBITRATORS[0]))


def _as_decided(session: Session, objection: Objection) -> None:
    """`late` is one whose panel lets its time pass."""
    late = objection.status == "late"
    objection.status = ObjectionStatus.SEATED if late else objection.status
    objection.closed_at = None if objection.status in OPEN else session.now
    objection.decision_due_at = session.now - timedelta(days=1) if late else session.now + timedelta(days=1)
    on_its_panel = select(ArbitratorSeat).where(ArbitratorSeat.objection_id == objection.id)
    if objection.status != ObjectionStatus.FILED and not session.scalars(on_its_panel).all():
        for each in session.scalars(select(Arbitrator).where(Arbitrator.person.in_(ARBITRATORS[:3]))).all():
            seat = {"id": new_id(), "objection_id": objection.id, "arbitrator_id": each.id}
            session.add(ArbitratorSeat(**seat, person=each.person))


def a_sheet() -> World:
    """One that its judge has begun."""
    judging = Judging(EventsHub())
    sheet_id = judging.my_sheets()[0]["id"]
    judging.save("judge-1", sheet_id)
    given = {"sheet_id": sheet_id, "scores": scores(idea="30", craft="20")}
    return World(judging.events, NOWHERE | {"series_id": judging.series_id}, given, ("judge-1",))


def _as_written(session: Session, sheet: Sheet) -> None:
    """`left` is one whose judge has left, `empty` one without points."""
    seat = session.get_one(Seat, sheet.seat_id)
    seat.status = SeatStatus.DECLINED if sheet.status == "left" else SeatStatus.ACCEPTED
    sheet.points = {} if sheet.status == "empty" else sheet.points
    sheet.status = {"left": SheetStatus.SUBMITTED, "empty": SheetStatus.DRAFT}.get(sheet.status, sheet.status)
    if sheet.status == SheetStatus.LOCKED:
        session.add(SheetLock(stage_id=sheet.stage_id, locked_at=session.now, rules_version=1, seed=worlds.DIGEST))


def _as_proposed(session: Session, result: Result) -> None:
    [version] = session.scalars(select(ResultVersion).where(ResultVersion.result_id == result.id))
    waits = result.status == ResultStatus.PROPOSED
    version.status = VersionStatus.PROPOSED if waits else VersionStatus.WITHDRAWN


KINDS = (
    Kind(
        Result,
        a_result,
        "result_id",
        "actions_on_results",
        (ResultStatus.PROPOSED, ResultStatus.WITHDRAWN),
        _as_proposed,
    ),
    Kind(Project, a_project, "project_id", "actions_on_projects", tuple(ProjectStatus), _as_closed),
    Kind(Milestone, a_project, "milestone_id", "actions_on_milestones", ("due", "reached", "closed"), _as_reached),
    Kind(Alliance, an_alliance, "alliance_id", "actions_on_alliances", STAGES, _as_staged),
    Kind(Membership, worlds.alliances, "membership_id", "actions_on_memberships", tuple(MembershipStatus)),
    Kind(Organization, worlds.alliances, "organization_id", "actions_on_organizations", tuple(OrganizationStatus)),
    Kind(Entry, an_entry, "entry_id", "actions_on_entries", tuple(EntryStatus), _as_booked),
    Kind(Edition, a_draft, "competition_id", "actions_on_competitions", tuple(EditionStatus), _as_published),
    Kind(
        Announcement,
        an_announcement,
        "announcement_id",
        "actions_on_announcements",
        tuple(AnnouncementStatus),
        _as_going,
    ),
    Kind(Question, a_question, "question_id", "actions_on_questions", tuple(QuestionStatus), _as_asked),
    Kind(Track, an_open_track, "track_id", "actions_on_tracks", tuple(EditionStatus), _as_opened),
    Kind(WorkItem, an_item, "item_id", "actions_on_items", ("",)),
    Kind(
        AtHand,
        an_objection,
        "objection_id",
        "actions_on_objections",
        (*ObjectionStatus, "late"),
        _as_decided,
        Objection,
    ),
    Kind(
        OnDesk,
        a_sheet,
        "sheet_id",
        "actions_on_sheets",
        ("draft", "submitted", "left", "empty", "locked"),
        _as_written,
        Sheet,
    ),
)
