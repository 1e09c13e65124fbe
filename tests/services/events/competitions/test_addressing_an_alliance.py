"""Addressing: an edition is held for the members of an alliance that has to do with it, or has consented."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.alliances.membership.memberships import MemberAdmitted, MemberExpelled, MembershipStatus
from contracts.authority import Role, Scope
from contracts.base import Named
from kit.ids import new_id
from tests.services.events.competitions.competing import ORGANIZER, an_edition, drafted
from tests.services.events.events_hub import OFFICE, EventsHub, at_once

SECRETARY = "secretary"


@pytest.fixture
def series_id(events: EventsHub) -> str:
    found: str = drafted(events)["series"]["id"]
    events.grant(ORGANIZER, Role.ORGANIZER, Scope.event(found))
    return found


def drafting(events: EventsHub, series_id: str, alliance_id: str, viewer: str = ORGANIZER) -> dict[str, Any]:
    facts = an_edition(number=99, alliance_id=alliance_id)
    del facts["series"]
    found: dict[str, Any] = events.ask("draft_competition", viewer, series_id=series_id, **facts)
    return found


def with_secretary(events: EventsHub) -> str:
    alliance_id = events.alliance()
    events.grant(SECRETARY, Role.SECRETARIAT, Scope.alliance(alliance_id))
    return alliance_id


def told_of_member(events: EventsHub, alliance_id: str, organization_id: str, *, stays: bool = True) -> None:
    about = {
        "membership_id": new_id(),
        "alliance": Named(id=alliance_id, zh="联盟", en="Alliance"),
        "organization": Named(id=organization_id, zh="上海师范大学", en="University"),
        "region": "310115",
    }
    expelled = MemberExpelled(**about, status=MembershipStatus.EXPELLED, reason="x")
    if not stays:  # comes before what it follows
        events.hear(expelled, subject_id=about["membership_id"], version=5)
    events.hear(MemberAdmitted(**about, status=MembershipStatus.MEMBER), subject_id=about["membership_id"], version=4)


def test_an_organiser_addresses_no_alliance_that_has_nothing_to_do_with_them(events: EventsHub, series_id: str) -> None:
    alliance_id = events.alliance()

    with events.refuses("ALLIANCE_NOT_CONSENTED", "allianceId"):
        drafting(events, series_id, alliance_id)

    assert drafting(events, series_id, alliance_id, OFFICE)["alliance_id"] == alliance_id


def test_an_alliance_that_consents_can_be_addressed_until_it_takes_this_back(events: EventsHub, series_id: str) -> None:
    alliance_id = with_secretary(events)
    consent = {"series_id": series_id, "alliance_id": alliance_id}

    events.ask("consent_to_series", SECRETARY, **consent)

    [listed] = events.ask("alliance_consents", "", series_id=series_id)["nodes"]
    assert listed["alliance_id"] == alliance_id
    draft = drafting(events, series_id, alliance_id)
    with events.refuses("CONSENT_KNOWN", "seriesId"):
        events.ask("consent_to_series", SECRETARY, **consent)
    events.ask("withdraw_consent", SECRETARY, **consent)
    assert events.ask("publish_competition", ORGANIZER, competition_id=draft["id"])["alliance_id"] == alliance_id
    with events.refuses("ALLIANCE_NOT_CONSENTED", "allianceId"):
        drafting(events, series_id, alliance_id)
    with events.refuses("NO_CONSENT", "seriesId"):
        events.ask("withdraw_consent", SECRETARY, **consent)


def test_an_organiser_addresses_the_alliance_of_their_organisation_while_it_is_a_member(
    events: EventsHub, series_id: str
) -> None:
    alliance_id, other_id = events.alliance(), events.alliance()
    organization_id = events.organization(representative=ORGANIZER)
    told_of_member(events, alliance_id, organization_id)
    told_of_member(events, other_id, organization_id, stays=False)

    assert drafting(events, series_id, alliance_id)["alliance_id"] == alliance_id
    with events.refuses("ALLIANCE_NOT_CONSENTED", "allianceId"):
        drafting(events, series_id, other_id)


def test_an_organiser_addresses_the_alliance_for_which_they_speak(events: EventsHub, series_id: str) -> None:
    alliance_id = events.alliance()
    events.grant(ORGANIZER, Role.SECRETARIAT, Scope.alliance(alliance_id))

    assert drafting(events, series_id, alliance_id)["alliance_id"] == alliance_id


@pytest.mark.parametrize(
    ("viewer", "code"), [("", "SIGN_IN_REQUIRED"), (ORGANIZER, "NOT_ALLOWED"), (OFFICE, "NOT_ALLOWED")]
)
@pytest.mark.parametrize("method", ["consent_to_series", "withdraw_consent"])
def test_nobody_consents_for_an_alliance_but_its_secretariat(
    events: EventsHub, series_id: str, method: str, viewer: str, code: str
) -> None:
    alliance_id = with_secretary(events)

    with events.refuses(code):
        events.ask(method, viewer, series_id=series_id, alliance_id=alliance_id)


def test_consent_that_is_given_twice_at_once_stands_once(events: EventsHub, series_id: str) -> None:
    consent = {"series_id": series_id, "alliance_id": with_secretary(events)}

    at_once(*[lambda: events.ask("consent_to_series", SECRETARY, **consent)] * 2)

    assert [type_ for type_, _ in events.said() if type_ == "events.alliance_consented"] == [
        "events.alliance_consented"
    ]


def test_what_does_not_exist_is_not_consented_to(events: EventsHub) -> None:
    alliance_id = with_secretary(events)

    with events.refuses("NOT_FOUND", "seriesId"):
        events.ask("consent_to_series", SECRETARY, series_id=new_id(), alliance_id=alliance_id)
