"""An alliance through its year, by the queries of docs/alliances.md alone."""

from __future__ import annotations

import pytest

from tests.alliances import (
    certificates,
    chartered,
    correcting,
    correcting_alliances,
    finding,
    importing,
    letters,
    members,
    merging,
    papers,
    people,
    roles,
    terms,
)
from tests.alliances.cast import gather
from tests.handbook.pages import named_in_chinese, operations
from tests.handbook.stage import Play
from tests.running.processes import RunningHub


@pytest.mark.timeout(600)
def test_an_alliance_in_daily_use(hub: RunningHub) -> None:
    play = Play(hub, "alliances")
    cast = gather(play)
    finding.find(play, cast)
    correcting.correct(play, cast)
    correcting_alliances.correct(play, cast)
    members.come_and_go(play, cast)
    chartered.adopt(play, cast)
    chartered.invite_many(play, cast)
    chartered.put_into_classes(play, cast)
    chartered.count(play, cast)
    chartered.belong_through_others(play, cast)
    terms.speak_for_a_member(play, cast)
    certificates.show(play, cast)
    papers.hand_in(play, cast)
    letters.write(play, cast)
    merging.merge(play, cast)
    importing.enter(play)
    people.register(play, cast)
    roles.give_and_take(play, cast)
    terms.run_out(play)
    assert play.carried.missing() == []
    print(f"an alliance in {play.seconds():.1f} s: {play.carried.times.total()} queries")


@pytest.mark.parametrize("page", ["season", "alliances", "projects"])
def test_the_chinese_page_names_every_query_of_the_english_one(page: str) -> None:
    assert named_in_chinese(page) == set(operations(page))
