"""A season from the draft to the certificates, by the queries of docs/season.md alone, on both ways of running."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.handbook.stage import Play
from tests.running.processes import RunningHub
from tests.season import aside, entering, honours, judging, results, speaking
from tests.season import edition as editions
from tests.season.cast import ORGANIZER, Cast, gather


@pytest.mark.timeout(1800)
def test_a_season_from_the_draft_to_the_certificates(hub: RunningHub, tmp_path: Path) -> None:
    play = Play(hub, "season")
    cast = gather(play)
    edition = editions.announce(play, cast)
    editions.share_places(play, cast, edition)
    entering.enter_all(play, cast, edition)
    editions.amend(play, edition)
    editions.replace_the_call(play, edition)
    editions.correct(play, edition)
    editions.cancel_by_mistake(play, edition)
    waiting = entering.let_some_wait(play, cast, edition)
    entering.move_the_waiting_list(play, cast, edition, waiting)
    entering.change_a_team(play, edition)
    speaking.announce(play, edition)
    speaking.answer(play, cast, edition)
    entering.close(play, edition)
    entering.hand_in_works(play, edition)
    judging.nominate(play, cast, edition)
    results.register_arbitrators(play, cast, edition)
    panels = hold_round(play, edition, 1, tmp_path)
    hold_the_contest(play, cast, edition, panels, tmp_path)
    hold_round(play, edition, 2, tmp_path)
    finals = [edition.stages[2, code] for code in edition.tracks]
    for stage in finals:
        results.announce(play, stage)
    results.let_become_final(play, finals, timedelta(hours=121))
    awards = honours.grant(play, edition, finals)
    withdrawn = next(award for award in awards if award["kind"] == "ENTRY")
    honours.withdraw(play, withdrawn, honours.check(play, withdrawn))
    assert play.refused("CancelCompetition", ORGANIZER, competitionId=edition.id, reason="?") == ["AWARDS_STAND"]
    aside.take_files(play, edition)
    aside.subscribe(play, edition)
    aside.play_ball(play, cast)
    aside.open_next_year(play, edition)
    aside.read_notices(play)
    assert play.carried.missing() == []
    play.figures.update(awards=len(awards), queries=play.carried.times.total())
    print(f"a season in {play.seconds():.1f} s: {dict(play.figures)}")
    assert play.figures["placed"] >= 240
    # six panels of eight; where somebody declines, the order may know nobody else whom the province's share still admits
    assert 42 < play.figures["judges"] <= 48


def hold_the_contest(
    play: Play, cast: Cast, edition: editions.Edition, panels: dict[str, list[str]], folder: Path
) -> None:
    """The results of the first round; two objections to that of track A, of which one is upheld; then all are final."""
    stages = [edition.stages[1, code] for code in edition.tracks]
    announced = {stage: results.announce(play, stage) for stage in stages}
    contested = announced[stages[0]]
    results.verify(play, contested["id"], folder, whole=False)
    results.verify(play, contested["id"], folder, whole=True)
    upheld, dismissed = results.contest(play, contested)
    results.decide(play, dismissed, uphold=False)
    results.decide(play, upheld, uphold=True)
    other_track = judging.without_ties(panels[stages[1]])
    difference = results.judge_again(play, cast, contested, upheld, other_track)
    play.figures.update(changed_by_rejudging=len(difference))
    results.let_become_final(play, stages, timedelta(hours=121))


def hold_round(play: Play, edition: editions.Edition, number: int, folder: Path) -> dict[str, list[str]]:
    """The stages of a round, from the draw of their panels to the opening of their codes."""
    stages = [edition.stages[number, code] for code in edition.tracks]
    panels = {stage: judging.draw_panel(play, edition, stage, folder) for stage in stages}
    for stage in stages:
        judging.assign(play, stage, all_compete=number == 1)
    play.wait_for(edition.phases[number, "JUDGING"][1])
    if number == 1:
        judging.look_at_works(play, stages[0], panels[stages[0]])
    else:
        judging.replace_one(play, stages[0])
        panels[stages[0]] = judging.accepted(play, stages[0])
    for stage, panel in panels.items():
        judging.judge(play, stage, panel, bias={panel[0]: 9, panel[1]: -9})
    judging.give_one_back(play, stages[0])
    play.do("LockSheets", ORGANIZER, stageId=stages[0])
    play.wait_for(edition.phases[number, "JUDGING"][2])
    for stage in stages:
        judging.look_at_the_ranking(play, stage)
        judging.open_codes(play, stage)
    return panels
