"""What organisers say: an announcement reaches whom each part of it names, with its lines; questions reach the other side."""

from __future__ import annotations

from contracts.authority import Role, Scope
from contracts.base import Named
from contracts.events.speaking.announcements import AnnouncementTold, Hearers
from contracts.events.speaking.questions import QuestionAnswered, QuestionAsked, QuestionClosed
from kit.ids import new_id
from kit.wire.envelope import Envelope
from tests.services.notify.notify_hub import (
    COMPETITION,
    HUANGSHAN,
    QUZHOU,
    SERIES,
    NotifyHub,
    envelope,
    granted,
    represents,
)

SAID = Named(id=new_id(), zh="报到须知", en="Arrival")
ABOUT = {"competition": COMPETITION, "edition": 14, "series_id": SERIES}


def part(text_zh: str = "请于八点报到。", corrects: Named | None = None, **to: list[str]) -> Envelope:
    """One message about an announcement, to those whom it names."""
    named = {"organization_ids": [], "provinces": [], "people": [], **to}
    text = {"text_zh": text_zh, "text_en": "", "corrects": corrects}
    return envelope(AnnouncementTold(announcement=SAID, **ABOUT, to=Hearers.ENTRANTS, **text, **named))


def peopled(notify: NotifyHub) -> NotifyHub:
    notify.hear(
        granted("organizer", Role.ORGANIZER, Scope.event(SERIES)),
        granted("leader", Role.DELEGATION_LEADER, Scope.delegation(SERIES, "340000")),
        granted("office", Role.PROVINCE_OFFICE, Scope.province("340000")),
        represents("huangshan", HUANGSHAN),
        represents("quzhou", QUZHOU),
    )
    return notify


def test_each_part_tells_those_whom_it_names_and_keeps_the_lines_of_its_text(notify: NotifyHub) -> None:
    peopled(notify)
    parts = {
        "huangshan": part("请于八点报到。\n\n请带证件。\r\n{{ 7 * 7 }}", organization_ids=[HUANGSHAN.id]),
        "leader": part(provinces=["340000"], corrects=SAID),
        "judge": part(people=["judge"]),
    }

    notify.hear(*parts.values(), *reversed(parts.values()))

    assert {person: notify.told_of(each) for person, each in parts.items()} == {each: [each] for each in parts}
    assert notify.inbox("quzhou") == []
    [told] = notify.inbox("huangshan")
    assert told["title"] == "主办方通告：报到须知"
    assert told["body"].endswith("主办方通告：\n\n请于八点报到。\n\n请带证件。\n{{ 7 * 7 }}")
    assert "本通告更正此前发布的“报到须知”" in notify.inbox("leader")[0]["body"]
    assert notify.inbox("leader", "en")[0]["body"].endswith('"Arrival".\n\n请于八点报到。')
    assert notify.inbox("judge")[0]["why"] == "您是该赛事的评委。"


def test_questions_reach_the_organisers_and_answers_those_who_asked(notify: NotifyHub) -> None:
    peopled(notify)
    province = Named(id="340000", zh="安徽省", en="Anhui")
    by_school = {"asker": HUANGSHAN, "organization_ids": [HUANGSHAN.id], "province": "340000"}
    by_delegation = {"asker": province, "organization_ids": [], "province": "340000"}
    school, delegation = ({"question_id": new_id(), **ABOUT, **asker} for asker in (by_school, by_delegation))
    facts = {
        ("organizer",): [QuestionAsked(**school), QuestionClosed(**delegation, by_organizers=False)],
        ("huangshan",): [QuestionAnswered(**school), QuestionClosed(**school, by_organizers=True)],
        ("leader", "office"): [QuestionAnswered(**delegation), QuestionClosed(**delegation, by_organizers=True)],
    }

    for people, messages in facts.items():
        for message in messages:
            said = envelope(message)
            notify.hear(said)
            assert notify.told_of(said) == list(people), message
