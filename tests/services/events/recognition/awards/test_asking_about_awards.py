"""Everybody sees the awards that stand with the names the rules show; those concerned see more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from contracts.authority import Role, Scope
from contracts.refusals import NotFound, NotOneOf
from kit.ids import new_id
from tests.services.events.events_hub import ANHUI, OFFICE, SHANGHAI, EventsHub
from tests.services.events.recognition.awards.awarding import ORGANIZER, Awarded, placed, rep
from tests.services.events.recognition.awards.prizing import prize


def test_a_visitor_sees_names_as_the_rules_show_them_and_no_certificate(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()

    seen = stage.awards("")

    assert [(each["recipient"], each["number"]) for each in seen] == [("选**", None), ("选**", None), ("导**", None)]


@pytest.mark.parametrize(
    "become",
    [
        lambda stage: ORGANIZER,
        lambda stage: OFFICE,
        lambda stage: rep("a"),
        lambda stage: _holding(stage, Role.PROVINCE_OFFICE, Scope.province(SHANGHAI)),
        lambda stage: _holding(stage, Role.DELEGATION_LEADER, Scope.delegation(stage.series_id, SHANGHAI)),
    ],
)
def test_those_whom_an_award_concerns_see_name_and_certificate(
    events: EventsHub, become: Callable[[Awarded], str]
) -> None:
    stage = placed(events)
    stage.grant()

    [first, *_] = stage.awards(become(stage))

    assert first["recipient"] == "选手a"
    assert stage.certificate(first["number"])["recipient"] == "选手a"


@pytest.mark.parametrize(
    "become",
    [
        lambda stage: rep("b"),
        lambda stage: _holding(stage, Role.PROVINCE_OFFICE, Scope.province(ANHUI)),
        lambda stage: _holding(stage, Role.DELEGATION_LEADER, Scope.delegation(stage.series_id, ANHUI)),
        lambda stage: _holding(stage, Role.ORGANIZER, Scope.event(new_id())),
    ],
)
def test_others_see_of_it_what_a_visitor_sees(events: EventsHub, become: Callable[[Awarded], str]) -> None:
    stage = placed(events)
    stage.grant()

    [first, *_] = stage.awards(become(stage))

    assert (first["recipient"], first["number"]) == ("选**", None)


def test_a_withdrawn_award_is_seen_by_those_whom_it_concerns(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    award = stage.award("b")
    stage.withdraw("b")
    events.grant("leader", Role.DELEGATION_LEADER, Scope.delegation(stage.series_id, ANHUI))

    seen = {
        viewer: [each["status"] for each in events.ask("awards_by_id", viewer, ids=[award["id"]])]
        for viewer in (ORGANIZER, rep("b"), "leader", rep("a"), "")
    }

    gone = ["withdrawn"]
    assert seen == {ORGANIZER: gone, rep("b"): gone, "leader": gone, rep("a"): [], "": []}
    assert len(stage.awards("")) == 2


def test_awards_are_of_one_stage_or_kind_and_come_in_pages(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    asked = {"competition_id": stage.competition_id}

    page = events.ask("awards", "", **asked, first=2)
    rest = events.ask("awards", "", **asked, after=page["cursors"][-1])

    assert [each["place"] for each in (*page["nodes"], *rest["nodes"])] == [1, 2, None]
    assert (page["has_next"], rest["has_next"]) == (True, False)
    assert [each["kind"] for each in stage.awards("", kind="adviser")] == ["adviser"]
    assert len(stage.awards("", stage_id=stage.stage_id)) == 3
    assert stage.awards("", stage_id=new_id()) == []


def test_a_page_of_awards_takes_as_many_statements_for_many_as_for_few(events: EventsHub) -> None:
    everybody = [{**prize("first", count=20), "name_zh": "一等奖", "name_en": "First"}]
    stage = placed(events, "abcdefgh", prizes=everybody)
    stage.grant()

    with events.statements() as of_one:
        stage.awards(ORGANIZER, first=1)
    with events.statements() as of_many:
        stage.awards(ORGANIZER, first=16)

    assert len(of_many) == len(of_one)


def test_the_table_counts_what_stands_by_province_and_by_institution(events: EventsHub) -> None:
    three = [{**prize("first", count=1, points=5), "name_zh": "一等奖", "name_en": "First"}]
    three += [{**prize("second", count=2, points=3), "name_zh": "二等奖", "name_en": "Second"}]
    stage = placed(events, prizes=three)
    stage.grant()

    by_province = events.ask("award_table", "", competition_id=stage.competition_id, by="province")
    stage.withdraw("a")
    by_institution = events.ask("award_table", "", competition_id=stage.competition_id, by="institution")

    assert by_province == [
        {
            "place": 1,
            "holder": SHANGHAI,
            "counts": [{"code": "first", "count": 1}, {"code": "second", "count": 1}],
            "prizes": 2,
            "points": 8,
        },
        {"place": 2, "holder": ANHUI, "counts": [{"code": "second", "count": 1}], "prizes": 1, "points": 3},
    ]
    assert [(line["place"], line["holder"]) for line in by_institution] == sorted(
        (1, stage.organizations[letter]) for letter in "bc"
    )


def test_the_table_is_of_one_round_where_it_is_named(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    [round_] = events.ask("competitions_by_id", "", ids=[stage.competition_id])[0]["rounds"]
    asked = {"competition_id": stage.competition_id, "by": "province"}

    assert len(events.ask("award_table", "", **asked, round_id=round_["id"])) == 2
    assert events.ask("award_table", "", **asked, round_id=new_id()) == []


def test_a_table_of_what_is_not_there_is_refused(events: EventsHub) -> None:
    stage = placed(events)

    with events.refuses(NotFound.code, "competitionId"):
        events.ask("award_table", competition_id=new_id(), by="province")
    with events.refuses(NotOneOf.code, "by", choices="province, institution"):
        events.ask("award_table", competition_id=stage.competition_id, by="galaxy")


def _holding(stage: Awarded, role: Role, scope: Scope) -> str:
    stage.events.grant("somebody", role, scope)
    return "somebody"
