"""Consent and scope: nobody is named before everybody, told again and again, or addressed, who has not agreed to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.authority import Role, Scope
from tests.services.events.competitions.competing import ORGANIZER, an_edition, drafted
from tests.services.events.events_hub import EventsHub
from tests.services.projects.cooperation.agreements.agreeing import LEAD, Agreeing
from tests.services.projects.projects_hub import ProjectsHub

NAMED = 99


@pytest.fixture
def projects(home: Path) -> Iterator[ProjectsHub]:
    hub = ProjectsHub()
    yield hub
    hub.stop()


@pytest.fixture
def events(home: Path) -> Iterator[EventsHub]:
    hub = EventsHub()
    yield hub
    hub.stop()


def test_an_organiser_addresses_no_alliance_but_their_own(events: EventsHub) -> None:
    series_id = drafted(events)["series"]["id"]
    events.grant(ORGANIZER, Role.ORGANIZER, Scope.event(series_id))
    facts = an_edition(number=99)
    del facts["series"]

    for alliance_id in [events.alliance() for _ in range(3)]:
        with events.refuses("ALLIANCE_NOT_CONSENTED", "allianceId"):
            events.ask("draft_competition", ORGANIZER, series_id=series_id, alliance_id=alliance_id, **facts)


def test_a_project_that_names_99_organisations_is_theirs_only_as_they_accept(projects: ProjectsHub) -> None:
    agreeing = Agreeing(projects)
    named = [projects.organization(f"大学{n}", region="341000", representative=f"rep-{n}") for n in range(NAMED)]

    project = agreeing.open(participant_ids=named)
    agreeing.answer("accept", project, named[7], "rep-7")

    assert project["participant_ids"] == [agreeing.lead]
    [seen] = projects.ask("projects", LEAD)["nodes"]
    assert seen["participant_ids"] == [agreeing.lead, named[7]]
    told = [(type_, said["organization_ids"]) for type_, said in projects.said() if "organization_ids" in said]
    assert told == [("projects.participants_invited", named)], "each is told once"
    assert [len(projects.ask("projects", f"rep-{n}")["nodes"]) for n in (6, 7, 8)] == [0, 1, 0]
