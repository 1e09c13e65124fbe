"""Announcing: it is said once, to those whom the filter means, at its moment, and set right for the same people."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from services.events.speaking.announcements.model import Announcement
from tests.services.events.competitions.competing import OPENS, ORGANIZER
from tests.services.events.events_hub import ANHUI, EventsHub, Refused, at_once
from tests.services.events.speaking.announcing import SAID, an_edition, entered, hearers, sent, shown, told, written


def test_entrants_are_told_once_and_read_it_again(events: EventsHub) -> None:
    edition, track = an_edition(events)
    here = entered(events, track, representative="she")
    draft = written(events, edition)
    assert events.ask("announcements", "she", competition_id=edition)["nodes"] == []

    done = sent(events, draft)
    events.ask("send_announcement", ORGANIZER, announcement_id=draft)

    assert (done["reached"], done["sent_at"]) == (1, OPENS.isoformat())
    (told_of,) = [data for type_, data in events.said() if type_ == "events.announcement_told"]
    assert (told_of["organization_ids"], told_of["provinces"], told_of["people"]) == ([here], [], [])
    assert told_of["announcement"] == {"id": draft, "zh": SAID["title_zh"], "en": SAID["title_en"]}
    assert (told_of["text_zh"], told_of["corrects"]) == (SAID["text_zh"], None)
    (heard,) = events.ask("announcements", "she", competition_id=edition)["nodes"]
    assert (heard["text_en"], heard["to"], heard["reached"]) == (SAID["text_en"], None, None)
    assert events.ask("announcements", "somebody", competition_id=edition)["nodes"] == []


def test_what_is_public_is_for_everybody_once_it_is_said(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    draft = written(events, edition, public=True)
    assert events.ask("announcements", "", competition_id=edition)["nodes"] == []

    sent(events, draft)

    assert [each["id"] for each in events.ask("announcements", "", competition_id=edition)["nodes"]] == [draft]


def test_a_draft_is_changed_in_part_and_widened_again(events: EventsHub) -> None:
    edition, track = an_edition(events)
    entered(events, track)
    draft = written(events, edition, province=ANHUI, track_id=track)
    assert events.ask("announcement_reach", ORGANIZER, announcement_id=draft)["total"] == 0

    changed = events.ask("change_announcement", ORGANIZER, announcement_id=draft, province=None, title_zh="新标题")

    assert (changed["province"], changed["track_id"], changed["title_zh"]) == (None, track, "新标题")
    assert changed["text_zh"] == SAID["text_zh"]
    assert events.ask("announcement_reach", ORGANIZER, announcement_id=draft)["total"] == 1


def test_a_preview_tells_nobody(events: EventsHub) -> None:
    edition, track = an_edition(events)
    both = sorted(entered(events, track) for _ in range(2))
    draft = written(events, edition)
    before = events.said()

    seen = events.ask("announcement_reach", ORGANIZER, announcement_id=draft)

    assert seen == {"total": 2, "more": False, "organization_ids": both, "provinces": []}
    assert events.said() == before
    with events.refuses("NOT_ALLOWED"):
        events.ask("announcement_reach", "somebody", announcement_id=draft)


def test_it_waits_for_its_moment_and_can_be_stopped_before(events: EventsHub) -> None:
    edition, track = an_edition(events)
    entered(events, track)
    draft, other = written(events, edition), written(events, edition)
    tomorrow = OPENS + timedelta(days=1)
    for each in (draft, other):
        events.ask("send_announcement", ORGANIZER, announcement_id=each, goes_at=tomorrow.isoformat())
    assert shown(events, draft)["status"] == "scheduled"

    stopped = events.ask("stop_announcement", ORGANIZER, announcement_id=draft)
    with events.refuses("NOT_SCHEDULED", "announcementId"):
        events.ask("stop_announcement", ORGANIZER, announcement_id=draft)
    events.clock.move_to(tomorrow)
    told(events, other)

    assert (stopped["status"], stopped["goes_at"]) == ("draft", None)
    assert hearers(events, draft) == []
    for command in ("stop_announcement", "change_announcement"):
        with events.refuses("ALREADY_SAID", "announcementId"):
            events.ask(command, ORGANIZER, announcement_id=other)


def test_a_mistake_is_set_right_for_those_who_heard_it(events: EventsHub) -> None:
    edition, track = an_edition(events)
    heard = entered(events, track, representative="she")
    wrong = written(events, edition)
    with events.refuses("NOT_SAID_YET", "announcementId"):
        events.ask("correct_announcement", ORGANIZER, announcement_id=wrong, title_zh="更正", text_zh="九点报到。")
    sent(events, wrong)
    entered(events, track)

    right = events.ask("correct_announcement", ORGANIZER, announcement_id=wrong, title_zh="更正", text_zh="九点报到。")
    told(events, right["id"])

    assert hearers(events, right["id"]) == [[heard]]
    assert shown(events, right["id"], "she")["corrects_id"] == wrong
    *_, (_, said) = [each for each in events.said() if each[0] == "events.announcement_told"]
    assert said["corrects"]["zh"] == SAID["title_zh"]


def test_many_who_send_it_at_once_send_it_once(events: EventsHub) -> None:
    edition, track = an_edition(events)
    entered(events, track)
    draft = written(events, edition)

    outcomes = at_once(*[partial(events.ask, "send_announcement", ORGANIZER, announcement_id=draft)] * 4)

    assert not [each for each in outcomes if isinstance(each, Refused)]
    told(events, draft)
    assert len(hearers(events, draft)) == 1


def test_nobody_but_organisers_announces(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    draft = written(events, edition)

    with events.refuses("NOT_ALLOWED"):
        events.ask("draft_announcement", "somebody", competition_id=edition, to="entrants", **SAID)
    with events.refuses("NOT_ALLOWED"):
        events.ask("send_announcement", "somebody", announcement_id=draft)
    with events.refuses("SIGN_IN_REQUIRED"):
        events.ask("send_announcement", "", announcement_id=draft)


def test_nobody_is_the_last_who_was_told_once_all_are(events: EventsHub) -> None:
    edition, track = an_edition(events)
    entered(events, track)
    announcement = written(events, edition)

    assert sent(events, announcement)["reached"] == 1

    with events.runtime.database.transaction(writes=False) as session:
        assert session.get_one(Announcement, announcement).behind is None
