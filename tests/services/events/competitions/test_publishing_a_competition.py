"""Publishing: a draft becomes public once, by those who organise it, while it can still be entered."""

from __future__ import annotations

from functools import partial

from contracts.authority import Role, Scope
from kit.ids import new_id
from tests.services.events.competitions.competing import CLOSES, OPENS, ORGANIZER, drafted, published
from tests.services.events.events_hub import NOW, EventsHub, Refused, at_once


def test_publish_competition_makes_a_draft_public_and_says_so(events: EventsHub) -> None:
    draft = drafted(events)
    said = len(events.said())

    competition = events.ask("publish_competition", ORGANIZER, competition_id=draft["id"])

    assert competition == {**draft, "status": "published", "published_at": NOW.isoformat()}
    names = {"zh": "班主任基本功大赛", "en": "Class-Teacher Skills Contest"}
    message = {
        "competition": {"id": draft["id"], **names},
        "edition": 14,
        "alliance_id": None,
        "opens_at": OPENS.isoformat(),
        "closes_at": CLOSES.isoformat(),
        "series_id": draft["series"]["id"],
    }
    assert events.said(since=said) == [("events.competition_published", message)]


def test_publish_competition_refuses_a_second_time(events: EventsHub) -> None:
    competition = published(events)

    with events.refuses("NOT_A_DRAFT", "competitionId"):
        events.ask("publish_competition", ORGANIZER, competition_id=competition["id"])


def test_publish_competition_by_many_at_once_happens_once(events: EventsHub) -> None:
    draft = drafted(events)

    publish = partial(events.ask, "publish_competition", ORGANIZER, competition_id=draft["id"])
    outcomes = at_once(*[publish] * 6)

    assert sum(isinstance(outcome, Refused) for outcome in outcomes) == 5
    assert [type_ for type_, _ in events.said()].count("events.competition_published") == 1


def test_publish_competition_refuses_a_window_that_has_passed(events: EventsHub) -> None:
    draft = drafted(events)
    events.clock.move_to(CLOSES)

    with events.refuses("WINDOW_PASSED", "closesAt"):
        events.ask("publish_competition", competition_id=draft["id"])


def test_publish_competition_is_for_the_organizer_and_the_hub_office(events: EventsHub) -> None:
    draft = drafted(events)
    events.grant("of-another", Role.ORGANIZER, Scope.event(new_id()))
    events.grant("province", Role.PROVINCE_OFFICE, Scope.province("340000"))

    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("publish_competition", "", competition_id=draft["id"])
    for viewer in ("of-another", "province"):
        with events.refuses("NOT_ALLOWED"):
            events.ask("publish_competition", viewer, competition_id=draft["id"])


def test_publish_competition_refuses_one_that_does_not_exist(events: EventsHub) -> None:
    with events.refuses("NOT_FOUND", "competitionId"):
        events.ask("publish_competition", competition_id=new_id())
