"""A certificate says what was true when it was issued, to whoever has its number; its number cannot be guessed."""

from __future__ import annotations

from contracts.alliances.registry.organizations import OrganizationChanged
from contracts.base import Named
from contracts.certificate_numbers import STATUS_LIST_LENGTH
from contracts.refusals import NotFound, TooLong
from kit.ids import new_id
from tests.services.events.events_hub import NOW, EventsHub
from tests.services.events.recognition.awards.awarding import placed
from tests.services.events.recognition.awards.prizing import prize

HUB = {"zh": "长三角教育协作枢纽", "en": "Yangtze River Delta Education Hub"}


def test_a_certificate_says_all_that_is_printed_on_it(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    number = stage.award("a")["number"]

    said = stage.certificate(number)

    assert said == {
        "number": number,
        "kind": "entry",
        "recipient": "选手a",
        "members": ["选手a"],
        "advisers": ["导师a"],
        "organization": {"zh": "a学校", "en": "University 310115"},
        "competition": {"zh": "班主任基本功大赛", "en": "Class-Teacher Skills Contest"},
        "edition": {"zh": "第14届", "en": "Edition 14"},
        "track": {"zh": "小学语文", "en": "Primary School Chinese"},
        "round": said["round"],
        "prize": {"zh": "一等奖", "en": "First Prize"},
        "achievement": said["achievement"],
        "entry": "",
        "entry_prize": None,
        "issuers": [HUB],
        "issued_at": NOW.isoformat(),
        "withdrawn_at": None,
        "ground": None,
        "status_list": stage.competition_id,
        "status_index": said["status_index"],
    }
    assert number.startswith("2026-YRD-")


def test_the_certificate_of_an_adviser_says_whom_they_advised_to_which_prize(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()

    said = stage.certificate(stage.award("a", "adviser")["number"])

    assert (said["recipient"], said["entry"], said["members"], said["entry_prize"]) == (
        "导师a",
        "选手a",
        [],
        {"zh": "一等奖", "en": "First Prize"},
    )


def test_all_who_have_a_prize_share_its_achievement(events: EventsHub) -> None:
    two = [{**prize("first", count=2), "name_zh": "一等奖", "name_en": "First"}]
    two += [{**prize("second", count=1), "name_zh": "二等奖", "name_en": "Second"}]
    stage = placed(events, prizes=two)
    stage.grant()

    shared = [stage.certificate(stage.award(letter)["number"])["achievement"] for letter in "abc"]

    assert shared[0] == shared[1] != shared[2]
    assert shared[0].startswith("urn:uuid:")


def test_a_certificate_keeps_the_names_of_its_day(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    organization_id = stage.organizations["a"]
    renamed = Named(id=organization_id, zh="新名学校", en="Renamed")

    message = OrganizationChanged(organization=renamed, kind="university", region="310115")
    events.hear(message, subject_id=organization_id, version=2)

    assert stage.certificate(stage.award("a")["number"])["organization"]["zh"] == "a学校"


def test_places_in_the_status_list_are_given_once_and_lie_within_it(events: EventsHub) -> None:
    everybody = [{**prize("first", count=20), "name_zh": "一等奖", "name_en": "First"}]
    stage = placed(events, "abcdefgh", prizes=everybody)
    stage.grant()

    places = [stage.certificate(each["number"])["status_index"] for each in stage.awards()]

    assert len(set(places)) == 16
    assert all(0 <= place < STATUS_LIST_LENGTH for place in places)
    assert places != sorted(places)


def test_unknown_numbers_are_left_out(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    number = stage.award("a")["number"]

    found = events.ask("certificates_by_number", "", numbers=["2026-YRD-0000-0000-0000", number, "' OR 1=1 --"])

    assert [each["number"] for each in found] == [number]


def test_hostile_numbers_are_refused(events: EventsHub) -> None:
    with events.refuses(TooLong.code, "numbers.0", max="60"):
        events.ask("certificates_by_number", "", numbers=["7" * 61])
    with events.refuses(TooLong.code, "numbers", max="100"):
        events.ask("certificates_by_number", "", numbers=["7"] * 101)


def test_there_is_no_status_list_where_nothing_was_issued(events: EventsHub) -> None:
    stage = placed(events)

    for competition_id in (stage.competition_id, new_id()):
        with events.refuses(NotFound.code, "competitionId"):
            events.ask("revocations", "", competition_id=competition_id)
