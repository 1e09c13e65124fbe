"""Actions: what is shown as allowed is never refused for right or state, what is not is refused with the reason shown.

Each action of each thing that says what can be done about it is tried by everybody, at every status of the thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from contracts.alliances.membership.memberships import MembershipStatus
from contracts.alliances.registry.alliances import AllianceStage
from contracts.alliances.registry.organizations import OrganizationStatus
from contracts.authority import Role
from contracts.events.admission.entries import EntryStatus
from contracts.events.editions.competitions import EditionStatus
from contracts.events.judging.results import ResultStatus, VersionStatus
from contracts.events.speaking.announcements import AnnouncementStatus
from contracts.events.speaking.questions import QuestionStatus
from contracts.projects.cooperation.agreements import ProjectStatus
from hub.services import all_services
from kit.calls.acting import ANY
from kit.calls.rpc import Rpc
from kit.data.db import Session
from kit.process.runtime import entrypoints
from services.alliances.membership.memberships.model import Membership
from services.alliances.registry.alliances.model import Alliance
from services.alliances.registry.organizations.model import Organization
from services.events.admission.entries.model import Entry
from services.events.admission.quotas.model import Quota
from services.events.editions.editions.model import Edition
from services.events.judging.results.model import Result, ResultVersion
from services.events.speaking.announcements.model import Announcement
from services.events.speaking.questions.model import Question
from services.projects.cooperation.agreements.model import Milestone, Project
from tests.rights import worlds
from tests.rights.trying import DENIALS, VISITOR, World, undone
from tests.rights.worlds import NOWHERE, series_of
from tests.services.alliances.alliances_hub import HUANGSHAN_CITY, AlliancesHub
from tests.services.events.competitions.competing import a_track, drafted
from tests.services.events.events_hub import SHANGHAI, EventsHub
from tests.services.events.judging.results.judging import judged
from tests.services.events.judging.works.handing_in import entered
from tests.services.events.speaking.announcing import an_edition, written
from tests.services.events.speaking.asking import ASKER, asked

STATES = {
    "ALREADY_SAID",
    "ANSWERED_ALREADY",
    "ENTRY_ENDED",
    "MEMBERSHIP_STANDS",
    "MILESTONE_NOT_REACHED",
    "MILESTONE_REACHED_ALREADY",
    "NOTHING_PROPOSED",
    "NOT_A_DRAFT",
    "NOT_ANSWERED",
    "NOT_PUBLISHED",
    "NOT_SAID_YET",
    "NOT_SCHEDULED",
    "NOT_SHOWN",
    "NO_OFFER",
    "OFFER_OVER",
    "ORGANIZATION_ACTIVE",
    "ORGANIZATION_INACTIVE",
    "ORGANIZATION_MERGED",
    "PROJECT_CLOSED",
    "PROJECT_NOT_CLOSED",
    "QUESTION_OVER",
    "QUESTION_WAITS",
}
"""What commands say of how a thing stands; what is entered, and limits such as a cap, may be refused all the same."""


@dataclass(frozen=True)
class Kind:
    """A kind of thing with actions: where there is one, what a question calls it, and what it is at each status."""

    about: type[Any]
    world: Callable[[], World]
    called: str
    question: str
    statuses: Sequence[str]
    beside: Callable[[Session, Any], None] = lambda _session, _thing: None


def a_draft() -> World:
    hub = EventsHub()
    draft = drafted(hub)
    keys = NOWHERE | {"series_id": draft["series"]["id"]}
    return World(hub, keys, {"competition_id": draft["id"], "tracks": [a_track()], "host_region": HUANGSHAN_CITY})


def an_alliance() -> World:
    """One in which the organisation that everybody tries with has no membership yet."""
    world = worlds.alliances()
    assert isinstance(world.hub, AlliancesHub)
    of_its_own = {"alliance_id": world.hub.alliance(region=HUANGSHAN_CITY)["id"]}
    world.keys |= of_its_own
    world.given |= of_its_own
    return world


def _as_staged(_session: Session, alliance: Alliance) -> None:
    alliance.stage = alliance.status  # type: ignore[attr-defined]


def an_entry() -> World:
    hub = EventsHub()
    entry = entered(hub)
    [found] = hub.ask("entries_by_id", ids=[entry.entry_id])
    keys = {"organization_id": entry.organization_id, "province": found["province"], "series_id": series_of(hub)}
    return World(hub, NOWHERE | keys, {"entry_id": entry.entry_id})


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
    Kind(Alliance, an_alliance, "alliance_id", "actions_on_alliances", tuple(AllianceStage), _as_staged),
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
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.called)
def test_what_is_allowed_is_done_and_what_is_not_is_refused_as_shown(
    kind: Kind, home: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    world, wrong, tried = kind.world(), [], 0
    world.appoint_everybody()
    commands = {name: each for name, each in world.methods() if each.acts and each.acts.about is kind.about}

    with undone(monkeypatch, set(world.people()) - {VISITOR}):
        for status in kind.statuses:
            _put(world, kind, status)
            for person in _people(world, commands.values()):
                for action in _shown(world, kind, person):
                    if _is_for_what_is_theirs(world, commands[action["name"]], person):
                        continue
                    tried += 1
                    said = {problem["code"] for problem in action["problems"]}
                    answer = _tried(world, kind, commands[action["name"]], action["name"], person)
                    fits = answer == said if said else not answer & (DENIALS | STATES)
                    if not fits:
                        wrong.append((status, action["name"], person or "visitor", said, answer))
    world.hub.stop()

    assert wrong == []
    assert tried > len(commands)
    request.node.user_properties.append(("figures", f"{tried} actions tried"))


def _people(world: World, commands: Iterable[Rpc]) -> Iterator[str]:
    """Visitors, somebody, and all who hold a role here that counts for one of these commands, one of them elsewhere too."""
    counting = {role for each in commands for way in each.right.ways for role in way.roles}
    for person, held in world.people().items():
        if held is None or (held[0] in counting and (held[1] or held[0] == Role.PROVINCE_OFFICE)):
            yield person


def _is_for_what_is_theirs(world: World, command: Rpc, person: str) -> bool:
    """Whether they may do it with what they have elsewhere, and everybody here tries with one and the same."""
    held, acts = world.people()[person], command.acts
    return bool(acts and acts.keys is ANY and held and not held[1])


def _shown(world: World, kind: Kind, person: str) -> list[dict[str, Any]]:
    """The actions, where the person may know of the thing."""
    ids = {f"{kind.called}s": [world.given[kind.called]]}
    found: list[dict[str, Any]] = world.hub.ask(kind.question, person, **ids)
    return found


def _put(world: World, kind: Kind, status: str) -> None:
    with world.hub.runtime.database.transaction() as session:
        thing = session.get_one(kind.about, world.given[kind.called])
        with session.no_autoflush:
            thing.status = status
            kind.beside(session, thing)


def _tried(world: World, kind: Kind, command: Rpc, method: str, person: str) -> set[str]:
    assert command.form
    given = world.arguments(method, command.form)
    return world.answer(method, person, {**given, kind.called: world.given[kind.called]})


def test_each_thing_that_shows_actions_is_tried() -> None:
    acting = [each.acts for service in all_services() for _, each in entrypoints(service, Rpc) if each.acts]

    assert {acts.about for acts in acting} == {kind.about for kind in KINDS}
