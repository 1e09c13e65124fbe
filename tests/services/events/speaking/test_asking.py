"""Asking: between those who ask and the organisers, public without a name, corrected with its history, bounded in a day."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from contracts.alliances.people.persons import PersonErased
from contracts.authority import Role, Scope
from kit.ids import new_id
from services.events.speaking.questions.settings import QuestionLimits
from tests.services.events.competitions.competing import ORGANIZER, drafted
from tests.services.events.events_hub import ANHUI, EventsHub, Refused, at_once
from tests.services.events.speaking.announcing import an_edition
from tests.services.events.speaking.asking import ASKER, TEXT, answered, asked, listed

CLOSING = {"reason": "已电话沟通"}


def test_a_question_is_answered_and_said_without_its_text(events: EventsHub) -> None:
    edition, track = an_edition(events)
    organization = events.organization(representative=ASKER)
    before = len(events.said())
    question = asked(events, edition, organization, track_id=track)
    assert [each["id"] for each in events.ask("open_questions", ORGANIZER)["nodes"]] == [question]

    answer = answered(events, question)

    assert (answer["status"], answer["answer"], answer["organization_id"]) == ("answered", "可以。", organization)
    said = events.said(since=before)
    assert [type_ for type_, _ in said] == ["events.question_asked", "events.question_answered"]
    assert all(data["organization_ids"] == [organization] and TEXT not in str(data) for _, data in said)
    assert events.ask("open_questions", ORGANIZER)["nodes"] == []
    assert [each["text"] for each in listed(events, edition, ASKER)] == [TEXT]
    assert listed(events, edition, "somebody") == listed(events, edition, "") == []
    with events.refuses("ANSWERED_ALREADY", "questionId"):
        answered(events, question)


def test_the_leader_of_a_delegation_asks_for_it(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    series = events.ask("competitions_by_id", ids=[edition])[0]["series"]["id"]
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(series, ANHUI))
    events.grant("office", Role.PROVINCE_OFFICE, Scope.province(ANHUI))
    given = {"competition_id": edition, "province": ANHUI, "text": TEXT}

    question = events.ask("ask_question", "leader", **given)

    assert [each["id"] for each in listed(events, edition, "office")] == [question["id"]]
    with events.refuses("NOT_ALLOWED"):
        events.ask("ask_question", ASKER, **given)
    with events.refuses("NOT_ALLOWED"):  # nobody asks in the name of others
        events.ask("ask_question", **given)


def test_it_is_shown_in_other_words_and_without_the_asker(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    question = asked(events, edition, events.organization(representative=ASKER))
    with events.refuses("NOT_ANSWERED", "questionId"):
        events.ask("show_question", ORGANIZER, question_id=question)
    answered(events, question)

    events.ask("show_question", ORGANIZER, question_id=question, wording="队伍可以提前到吗？")

    (public,) = listed(events, edition, "")
    assert (public["text"], public["organization_id"], public["remark"]) == ("队伍可以提前到吗？", None, None)
    assert listed(events, edition, "", containing="黄山") == []
    assert listed(events, edition, "", containing="提前") == [public]
    assert [each["text"] for each in listed(events, edition, ASKER, containing="黄山")] == [TEXT]
    events.ask("hide_question", ORGANIZER, question_id=question)
    assert listed(events, edition, "") == []
    with events.refuses("NOT_SHOWN", "questionId"):
        events.ask("hide_question", ORGANIZER, question_id=question)


def test_what_is_asked_for_everybody_is_public_once_it_is_answered(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    question = asked(events, edition, events.organization(representative=ASKER), public=True)
    assert listed(events, edition, "") == []

    answered(events, question)

    assert [each["id"] for each in listed(events, edition, "", status="answered")] == [question]
    assert listed(events, edition, "", containing="50%") == []


def test_an_answer_is_set_right_and_what_was_said_before_stays(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    question = asked(events, edition, events.organization(representative=ASKER))
    correct = partial(events.ask, "correct_answer", ORGANIZER, question_id=question)
    with events.refuses("NOT_ANSWERED", "questionId"):
        correct(text="不可以。")
    answered(events, question)

    corrected = correct(text="不可以。")

    assert corrected["answer"] == "不可以。"
    versions = events.ask("answers_of_questions", ASKER, question_ids=[question])
    assert [(each["number"], each["text"]) for each in versions] == [(1, "可以。"), (2, "不可以。")]
    assert events.ask("answers_of_questions", "somebody", question_ids=[question]) == []
    most = events.runtime.settings.of(QuestionLimits).versions
    for number in range(most - 2):
        correct(text=f"{number}")
    with events.refuses("ANSWERS_SPENT", "questionId", most=most):
        correct(text="又错了。")


def test_what_was_answered_before_a_question_was_shown_is_between_those_concerned(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    question = asked(events, edition, events.organization(representative=ASKER))
    answered(events, question, "请张老师拨打值班电话。")
    events.ask("correct_answer", ORGANIZER, question_id=question, text="可以。")
    events.ask("show_question", ORGANIZER, question_id=question)
    events.ask("correct_answer", ORGANIZER, question_id=question, text="可以，请先报名。")
    events.ask("show_question", ORGANIZER, question_id=question, wording="队伍可以提前到吗？")

    def versions(viewer: str) -> list[int]:
        return [each["number"] for each in events.ask("answers_of_questions", viewer, question_ids=[question])]

    assert (versions(ASKER), versions(ORGANIZER), versions("")) == ([1, 2, 3], [1, 2, 3], [2, 3])
    events.ask("hide_question", ORGANIZER, question_id=question)
    assert (versions(ASKER), versions("")) == ([1, 2, 3], [])


def test_both_sides_close_and_reopen_it(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    question = asked(events, edition, events.organization(representative=ASKER))
    with events.refuses("QUESTION_WAITS", "questionId"):
        events.ask("reopen_question", ASKER, question_id=question, **CLOSING)

    closed = events.ask("close_question", ASKER, question_id=question, **CLOSING)
    with events.refuses("QUESTION_OVER", "questionId"):
        answered(events, question)
    again = events.ask("reopen_question", ORGANIZER, question_id=question, reason="其他单位也想知道")

    assert (closed["status"], closed["remark"], again["status"]) == ("closed", CLOSING["reason"], "open")
    assert [data["by_organizers"] for _, data in events.said()[-2:]] == [False, True]
    with events.refuses("NOT_ALLOWED"):
        events.ask("close_question", "somebody", question_id=question, **CLOSING)


def test_a_person_asks_so_many_questions_in_a_day(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    organization = events.organization(representative=ASKER)
    limits = events.runtime.settings.of(QuestionLimits)
    ask = partial(asked, events, edition, organization)
    with events.refuses("TOO_LONG", "text", max=limits.characters):
        ask(text="长" * (limits.characters + 1))

    for _ in range(limits.a_day - 2):
        ask()
    outcomes = at_once(*[ask] * 4)

    refused = {code for each in outcomes if isinstance(each, Refused) for code in each.codes}
    assert refused <= {"QUESTIONS_SPENT", "CHANGED_MEANWHILE"}
    assert limits.a_day - 1 <= len(events.contents()["questions"]) <= limits.a_day
    while len(events.contents()["questions"]) < limits.a_day:
        ask()
    with events.refuses("QUESTIONS_SPENT", most=limits.a_day):
        ask()
    events.clock.move_to(events.clock.now() + timedelta(days=1))
    ask()


def test_a_draft_is_asked_nothing_about(events: EventsHub) -> None:
    organization, draft = events.organization(representative=ASKER), drafted(events)["id"]

    with events.refuses("NOT_PUBLISHED", "competitionId"):
        asked(events, draft, organization)


def test_whoever_is_erased_has_asked_and_answered_nothing(events: EventsHub) -> None:
    edition, _ = an_edition(events)
    question = asked(events, edition, events.organization(representative=ASKER))
    answered(events, question)

    erased = PersonErased(person_id=new_id(), accounts=[ASKER, ORGANIZER])
    events.hear(erased, subject_id=erased.person_id)
    events.deliver()

    kept = events.contents()
    assert not any(
        ASKER in map(str, row) or ORGANIZER in map(str, row) for row in [*kept["questions"], *kept["question_answers"]]
    )
    assert listed(events, edition, ASKER)[0]["text"] == TEXT
