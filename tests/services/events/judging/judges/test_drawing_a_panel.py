"""The draw on the hub: two people commit, the roster is frozen, both reveal, and anybody can repeat what came of it."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from contracts.authority import Role, Scope
from kit.ids import new_id
from procedures.draws.draw import Secret, commitment
from services.events.editions.editions.model import Round, Stage
from services.events.judging.judges.document import differences
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import OFFICE, EventsHub, Refused, at_once
from tests.services.events.judging.judges.judging import SECRETS, SUPERVISOR, Running, messages
from tests.services.events.judging.motions.moving import done

MINE = commitment(SECRETS[ORGANIZER])
THEIRS = commitment(SECRETS[SUPERVISOR])


def ready(events: EventsHub, candidates: int = 8, **rules: Any) -> tuple[Running, str]:
    """A stage that is running, with candidates of four provinces."""
    running = Running(events, **rules)
    for n in range(candidates):
        running.nominate(n)
    return running, running.begin()


def test_the_second_commitment_freezes_the_roster(events: EventsHub) -> None:
    running, stage_id = ready(events)

    first = running.commit(stage_id, ORGANIZER)
    second = running.commit(stage_id, SUPERVISOR)

    assert (first["status"], first["roster_digest"], first["frozen"]) == ("committing", None, None)
    assert (second["status"], second["candidates"], second["document"]) == ("frozen", 8, None)
    assert [each["party"] for each in second["commitments"]] == ["organizer", "supervisor"]
    assert messages(events, "commitment_made")[0]["commitment"] == MINE
    (said,) = messages(events, "draw_committed")
    assert (said["candidates"], said["roster_digest"]) == (8, second["roster_digest"])


def test_the_second_reveal_draws_a_panel_that_anybody_can_repeat(events: EventsHub) -> None:
    running, stage_id = ready(events)

    draw = running.drawn(stage_id)

    public = events.ask("draws_by_id", "", ids=[draw["id"]])[0]
    document = json.loads(json.dumps(public["document"]))
    assert differences(document) == []
    assert document["seed"] == draw["seed"]
    seats = {seat["candidate_id"]: seat["province"] for seat in running.panel(stage_id)}
    assert list(seats) == document["drawn"] == document["panel"]
    assert sorted(seats.values()) == ["310000", "320000", "330000", "340000"]
    assert {said["person"] for said in messages(events, "judge_drawn")} == {
        running.person(seat) for seat in running.panel(stage_id)
    }
    assert messages(events, "panel_drawn")[0]["seats"] == 4


def test_nothing_that_is_published_names_a_person(events: EventsHub) -> None:
    running, stage_id = ready(events)
    draw = running.drawn(stage_id)

    public = json.dumps(events.ask("draws_by_id", "", ids=[draw["id"]]), default=str, ensure_ascii=False)

    assert "judge-" not in public and "评委" not in public
    assert ORGANIZER not in public.replace('"organizer"', "") and SUPERVISOR not in public.replace('"supervisor"', "")


def test_the_first_secret_stays_hidden_until_the_second_is_revealed(events: EventsHub) -> None:
    running, stage_id = ready(events)
    draw = running.commit(stage_id)

    first = running.reveal(draw["id"], ORGANIZER)

    assert (first["status"], first["seed"], first["document"]) == ("frozen", None, None)
    for viewer in (SUPERVISOR, OFFICE, "", ORGANIZER):
        seen = json.dumps(events.ask("draws_by_id", viewer, ids=[draw["id"]]), default=str, ensure_ascii=False)
        assert "梅花三弄" not in seen and SECRETS[ORGANIZER].nonce not in seen
    assert "梅花三弄" not in json.dumps(events.said(), default=str, ensure_ascii=False)
    assert [said["party"] for said in messages(events, "secret_revealed")] == ["organizer"]


@pytest.mark.parametrize("party", [ORGANIZER, SUPERVISOR])
def test_reveal_draw_refuses_what_was_not_committed_to(events: EventsHub, party: str) -> None:
    running, stage_id = ready(events)
    draw = running.commit(stage_id)
    right = SECRETS[party]

    for wrong in (Secret("another", right.nonce), Secret(right.secret, "c3" * 32)):
        with events.refuses("REVEAL_WRONG", "secret"):
            events.ask("reveal_draw", party, draw_id=draw["id"], secret=wrong.secret, nonce=wrong.nonce)


def test_a_secret_cannot_be_told_apart_from_its_nonce_in_another_way(events: EventsHub) -> None:
    running, stage_id = ready(events)
    draw = running.commit(stage_id)
    secret = SECRETS[ORGANIZER]
    shifted = {"secret": secret.secret + secret.nonce[:1], "nonce": secret.nonce[1:]}

    with events.refuses("INVALID", "nonce"):
        events.ask("reveal_draw", ORGANIZER, draw_id=draw["id"], **shifted)


def test_reveal_draw_is_for_those_who_committed_and_once_each(events: EventsHub) -> None:
    running, stage_id = ready(events)
    events.grant("another", Role.ORGANIZER, Scope.event(running.series_id))
    secret = {"secret": SECRETS[ORGANIZER].secret, "nonce": SECRETS[ORGANIZER].nonce}
    draw = running.commit(stage_id, ORGANIZER)

    with events.refuses("DRAW_STANDS", status="committing"):
        events.ask("reveal_draw", ORGANIZER, draw_id=draw["id"], **secret)
    running.commit(stage_id, SUPERVISOR)
    for viewer in ("another", OFFICE, "judge-1"):
        with events.refuses("NOT_ALLOWED"):
            events.ask("reveal_draw", viewer, draw_id=draw["id"], **secret)
    running.reveal(draw["id"], ORGANIZER)
    with events.refuses("ALREADY_REVEALED"):
        events.ask("reveal_draw", ORGANIZER, draw_id=draw["id"], **secret)


def test_two_different_people_in_two_roles_commit(events: EventsHub) -> None:
    running, stage_id = ready(events)
    events.grant("both", Role.ORGANIZER, Scope.event(running.series_id))
    events.grant("both", Role.SUPERVISOR, Scope.event(running.series_id))
    events.grant("second", Role.ORGANIZER, Scope.event(running.series_id))
    events.ask("commit_draw", "both", stage_id=stage_id, commitment="11" * 32)

    with events.refuses("OTHER_PERSON_NEEDED"):
        events.ask("commit_draw", "both", stage_id=stage_id, commitment="22" * 32)
    with events.refuses("PARTY_COMMITTED"):
        events.ask("commit_draw", "second", stage_id=stage_id, commitment="22" * 32)
    with events.refuses("COMMITMENT_REPEATED", "commitment"):
        events.ask("commit_draw", SUPERVISOR, stage_id=stage_id, commitment="11" * 32)
    assert running.commit(stage_id, SUPERVISOR)["status"] == "frozen"
    with events.refuses("DRAW_STANDS", status="frozen"):
        events.ask("commit_draw", SUPERVISOR, stage_id=stage_id, commitment="33" * 32)


def test_who_holds_both_roles_takes_the_one_that_is_free(events: EventsHub) -> None:
    running, stage_id = ready(events)
    events.grant("both", Role.ORGANIZER, Scope.event(running.series_id))
    events.grant("both", Role.SUPERVISOR, Scope.event(running.series_id))
    running.commit(stage_id, ORGANIZER)

    draw = events.ask("commit_draw", "both", stage_id=stage_id, commitment="22" * 32)

    assert draw["status"] == "frozen"


@pytest.mark.parametrize("viewer", ["", "somebody", "judge-1"])
def test_commit_draw_is_for_those_who_run_or_supervise(events: EventsHub, viewer: str) -> None:
    _, stage_id = ready(events)

    with events.refuses("NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"):
        events.ask("commit_draw", viewer, stage_id=stage_id, commitment=MINE)


@pytest.mark.parametrize("committed", ["", "11" * 31, "11" * 33, "GG" * 32, "AB" * 32])
def test_commit_draw_takes_a_digest_only(events: EventsHub, committed: str) -> None:
    _, stage_id = ready(events)

    with pytest.raises(Refused) as refused:
        events.ask("commit_draw", ORGANIZER, stage_id=stage_id, commitment=committed)

    assert refused.value.problems[0]["field"] == "commitment"


def test_nothing_is_drawn_before_it_is_known_who_competes(events: EventsHub) -> None:
    running = Running(events)

    with events.refuses("STAGE_NOT_RUNNING", "stageId"):
        events.ask("commit_draw", ORGANIZER, stage_id=running.stage().id, commitment=MINE)


def test_a_roster_from_which_no_panel_can_be_made_is_not_frozen(events: EventsHub) -> None:
    running, stage_id = ready(events, candidates=3)
    running.commit(stage_id, ORGANIZER)

    with events.refuses("ROSTER_TOO_SMALL", "stageId", needed=4, found=3):
        running.commit(stage_id, SUPERVISOR)
    running.nominate(3)

    assert running.commit(stage_id, SUPERVISOR)["status"] == "frozen"


def test_who_is_nominated_after_the_freeze_is_not_drawn(events: EventsHub) -> None:
    running, stage_id = ready(events, candidates=4)
    draw = running.commit(stage_id)
    late = running.nominate(5)

    document = running.reveal(draw["id"])["document"]

    assert late["id"] not in document["order"]


def test_who_withdraws_after_the_freeze_is_passed_over_and_it_shows(events: EventsHub) -> None:
    running, stage_id = ready(events)
    draw = running.commit(stage_id)
    twin = copy.deepcopy(draw)
    gone = twin["frozen"]["roster"][0]["candidate"]
    [candidate] = events.ask("judge_candidates_by_id", ORGANIZER, ids=[gone])
    with events.refuses("ROSTER_FROZEN", "candidateId"):
        events.ask("withdraw_candidate", ORGANIZER, candidate_id=gone)
    events.ask("withdraw_candidate", candidate["person"], candidate_id=gone)

    document = running.reveal(draw["id"])["document"]

    assert document["left"] == [{"candidate": gone, "how": "withdrawn"}]
    assert gone in document["order"] and gone not in document["panel"]
    assert differences(document) == []
    assert [seat["candidate_id"] for seat in running.panel(stage_id)] == document["panel"]


def test_who_is_barred_by_a_conflict_is_not_on_the_roster(events: EventsHub) -> None:
    running = Running(events, barred=["declared"])
    for n in range(8):
        running.nominate(n)
    barred = running.nominate(9)
    against = {"candidate_id": barred["id"], "entry_id": running.entry_ids[0], "reason": "x"}
    events.ask("declare_conflict", ORGANIZER, **against)
    stage_id = running.begin()

    draw = running.commit(stage_id)

    assert barred["id"] not in {line["candidate"] for line in draw["frozen"]["roster"]}
    assert draw["candidates"] == 8


def test_who_sits_on_as_many_panels_as_they_may_is_not_on_the_roster(events: EventsHub) -> None:
    running, stage_id = ready(events, candidates=12, most_panels=1)
    first = running.drawn(stage_id)
    another = another_stage(events, stage_id, running)

    busy = running.commit(another)

    assert first["candidates"] == 12
    seated = {seat["candidate_id"] for seat in running.panel(stage_id)}
    assert not seated & {line["candidate"] for line in busy["frozen"]["roster"]}
    assert busy["candidates"] == 8


def another_stage(events: EventsHub, stage_id: str, running: Running) -> str:
    """The id of a second stage of the same track."""
    with events.runtime.database.transaction() as session:
        first = session.get_one(Stage, stage_id)
        session.add(
            held := Round(id=new_id(), edition_id=first.edition_id, number=2, level="final", name_zh="决", name_en="F")
        )
        second = Stage(
            id=new_id(),
            created_at=session.now,
            edition_id=first.edition_id,
            track_id=first.track_id,
            round_id=held.id,
            number=2,
            status="running",
        )
        session.add(second)
    return second.id


def test_a_draw_is_cancelled_by_two_and_stays_to_be_seen(events: EventsHub) -> None:
    running, stage_id = ready(events)
    draw = running.drawn(stage_id)
    before = running.panel(stage_id)

    with events.refuses("NOT_ALLOWED"):
        events.ask("cancel_draw", "judge-1", draw_id=draw["id"], reason="x")
    done(events, "cancel_draw", draw_id=draw["id"], reason="名单有误")

    [cancelled] = events.ask("draws_by_id", "", ids=[draw["id"]])
    assert (cancelled["status"], cancelled["cancel_reason"]) == ("cancelled", "名单有误")
    assert differences(cancelled["document"]) == []
    assert running.panel(stage_id) == []
    released = {said["person"] for said in messages(events, "judge_released")}
    assert released == {running.person(seat) for seat in before}
    with events.refuses("DRAW_STANDS", status="cancelled"):
        events.ask("cancel_draw", SUPERVISOR, draw_id=draw["id"], reason="x")
    again = running.drawn(stage_id)
    assert again["id"] != draw["id"] and again["seed"] != draw["seed"]
    assert [each["id"] for each in events.ask("draws", "", stage_id=stage_id)["nodes"]] == [draw["id"], again["id"]]


@pytest.mark.parametrize(("public", "seen"), [(True, True), (False, False)])
def test_the_roster_is_public_before_the_secrets_where_the_rules_say_so(
    events: EventsHub, public: bool, seen: bool
) -> None:
    running, stage_id = ready(events, roster_public=public)
    draw = running.commit(stage_id)

    shown = events.ask("draws_by_id", "", ids=[draw["id"]])[0]

    assert (shown["frozen"] is not None) is seen
    assert shown["roster_digest"] == draw["roster_digest"]
    assert events.ask("draws_by_id", SUPERVISOR, ids=[draw["id"]])[0]["frozen"] == draw["frozen"]


def test_of_two_who_begin_at_once_one_draw_comes(events: EventsHub) -> None:
    _, stage_id = ready(events)

    at_once(
        lambda: events.ask("commit_draw", ORGANIZER, stage_id=stage_id, commitment=MINE),
        lambda: events.ask("commit_draw", SUPERVISOR, stage_id=stage_id, commitment=THEIRS),
    )

    (draw,) = events.ask("draws", "", stage_id=stage_id)["nodes"]
    assert draw["status"] in {"committing", "frozen"}


def test_of_two_who_reveal_at_once_one_panel_comes(events: EventsHub) -> None:
    running, stage_id = ready(events)
    draw = running.commit(stage_id)

    at_once(lambda: running.reveal(draw["id"], ORGANIZER), lambda: running.reveal(draw["id"], SUPERVISOR))

    assert len(running.panel(stage_id)) == 4
    assert len(messages(events, "panel_drawn")) == 1


def test_what_does_not_exist_is_not_drawn(events: EventsHub) -> None:
    with events.refuses("NOT_FOUND", "stageId"):
        events.ask("commit_draw", OFFICE, stage_id=new_id(), commitment=MINE)
    with events.refuses("NOT_FOUND", "drawId"):
        events.ask("reveal_draw", OFFICE, draw_id=new_id(), secret="x", nonce="a1" * 32)
    with events.refuses("NOT_FOUND", "drawId"):
        events.ask("cancel_draw", OFFICE, draw_id=new_id(), reason="x")
