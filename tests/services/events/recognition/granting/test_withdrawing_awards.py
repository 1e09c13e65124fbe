"""An award is withdrawn for a reason, once, and its certificate says so from then on; nothing is erased."""

from __future__ import annotations

from datetime import timedelta

from contracts.refusals import Invalid, NotAllowed, NotFound, NotOneOf, Required, SignInRequired
from kit.ids import new_id
from tests.services.events.events_hub import NOW, EventsHub, at_once
from tests.services.events.recognition.awards.awarding import ORGANIZER, placed, rep


def test_withdraw_award_keeps_who_did_it_when_and_why(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    events.clock.advance(timedelta(days=1))

    award = stage.withdraw("b")

    assert {name: award[name] for name in ("status", "withdrawn_at", "ground", "reason")} == {
        "status": "withdrawn",
        "withdrawn_at": (NOW + timedelta(days=1)).isoformat(),
        "ground": "misconduct",
        "reason": "作品系抄袭。",
    }
    history = events.ask("history", subject_type="award", subject_id=award["id"])
    assert [(row["version"], row["type"], row["actor"]) for row in history] == [
        (1, "events.award_granted", ORGANIZER),
        (2, "events.award_withdrawn", "supervisor"),
    ]


def test_withdraw_award_is_told_with_ground_and_reason(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()

    stage.withdraw("b")

    [said] = stage.said("award_withdrawn")
    assert (said["organization"]["id"], said["prize"]["zh"], said["ground"], said["reason"]) == (
        stage.organizations["b"],
        "二等奖",
        "misconduct",
        "作品系抄袭。",
    )


def test_a_certificate_says_that_its_award_was_withdrawn_and_why_in_a_word(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    number = stage.award("b")["number"]
    before = stage.certificate(number)

    stage.withdraw("b")

    assert stage.certificate(number) == {**before, "withdrawn_at": NOW.isoformat(), "ground": "misconduct"}


def test_the_status_list_of_the_edition_has_the_place_of_what_was_withdrawn(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    place = stage.certificate(stage.award("b")["number"])["status_index"]
    assert events.ask("revocations", "", competition_id=stage.competition_id) == []

    stage.withdraw("b")

    assert events.ask("revocations", "", competition_id=stage.competition_id) == [place]


def test_with_the_prize_of_an_entry_the_awards_of_its_advisers_are_withdrawn(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()

    stage.withdraw("a")

    assert [(each["kind"], each["status"]) for each in stage.awards()] == [
        ("entry", "withdrawn"),
        ("entry", "granted"),
        ("adviser", "withdrawn"),
    ]
    assert len(stage.said("award_withdrawn")) == 2


def test_the_award_of_an_adviser_is_withdrawn_alone(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()

    stage.withdraw("a", "adviser")

    assert stage.award("a")["status"] == "granted"


def test_withdraw_award_is_refused_where_it_was_done_before(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    stage.withdraw("b")

    with events.refuses("AWARD_ENDED", "awardId"):
        stage.withdraw("b")


def test_withdraw_award_twice_at_once_is_done_once(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()

    at_once(*[lambda: stage.withdraw("b")] * 3)

    assert len(stage.said("award_withdrawn")) == 1


def test_withdraw_award_is_for_the_organisers(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()

    with events.refuses(SignInRequired.code):
        stage.withdraw("b", viewer="")
    with events.refuses(NotAllowed.code):
        stage.withdraw("b", viewer=rep("b"))


def test_withdraw_award_needs_a_ground_and_a_reason(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    grounds = "result_corrected, not_eligible, misconduct, issued_in_error, renounced"

    with events.refuses(NotOneOf.code, "ground", choices=grounds):
        stage.withdraw("b", ground="bad luck")
    with events.refuses(Required.code, "reason"):
        stage.withdraw("b", reason=None)
    with events.refuses(Invalid.code, "reason"):
        stage.withdraw("b", reason="  ")
    with events.refuses(NotFound.code, "awardId"):
        stage.withdraw("b", award_id=new_id())
