"""Awards are given once, on a final result and by the rules, with a certificate for each."""

from __future__ import annotations

from functools import partial

from sqlalchemy import update

from contracts.authority import Role, Scope
from contracts.certificate_numbers import read_number
from contracts.refusals import NotAllowed, NotFound, SignInRequired
from kit.ids import new_id
from services.events.judging.results.model import ResultVersion
from tests.servers.install import FONT, require
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.events_hub import NOW, EventsHub, at_once
from tests.services.events.judging.motions.moving import moved, signed
from tests.services.events.recognition.awards.awarding import AWARDS, ORGANIZATIONS, Awarded, placed, province, rep
from tests.services.events.recognition.awards.prizing import prize


def test_grant_awards_gives_the_prizes_of_the_rules(events: EventsHub) -> None:
    stage = placed(events)

    assert stage.grant() == 3
    assert [(each["kind"], each["prize"]["code"], each["place"], each["recipient"]) for each in stage.awards()] == [
        ("entry", "first", 1, "选手a"),
        ("entry", "second", 2, "选手b"),
        ("adviser", "adviser", None, "导师a"),
    ]


def test_an_award_says_all_that_concerns_it(events: EventsHub) -> None:
    stage = placed(events)

    stage.grant()

    award = stage.award("a")
    assert award == {
        "id": award["id"],
        "competition_id": stage.competition_id,
        "stage_id": stage.stage_id,
        "kind": "entry",
        "prize": {"code": "first", "name_zh": "一等奖", "name_en": "First Prize"},
        "place": 1,
        "recipient": "选手a",
        "organization_id": stage.organizations["a"],
        "province": province("a"),
        "status": "granted",
        "granted_at": NOW.isoformat(),
        "withdrawn_at": None,
        "ground": None,
        "reason": None,
        "number": award["number"],
    }
    assert read_number(award["number"]) == award["number"]


def test_grant_awards_says_what_it_has_done_without_a_name_of_a_person(events: EventsHub) -> None:
    stage = placed(events)
    since = len(events.said())

    stage.grant()

    said = events.said(since=since)
    assert sorted(type_ for type_, _ in said) == [
        "events.award_granted",
        "events.award_granted",
        "events.award_granted",
        "events.awards_granted",
        "events.certificates_ready",
        "events.certificates_ready",
    ]
    [granted] = stage.said("awards_granted")
    assert (granted["awards"], granted["digest"], granted["stage_id"]) == (3, "d" * 64, stage.stage_id)
    ready = {each["organization"]["id"]: each["certificates"] for each in stage.said("certificates_ready")}
    assert ready == {stage.organizations["a"]: 2, stage.organizations["b"]: 1}
    assert not any(name in str(said) for name in ("选手", "导师", stage.award("a")["number"]))


def test_grant_awards_done_again_gives_nothing_twice(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    events.rest()
    before = events.contents()

    assert stage.grant() == 0

    assert events.contents() == before


def test_grant_awards_done_twice_at_once_gives_each_award_once(events: EventsHub) -> None:
    stage = placed(events)

    outcomes = at_once(*[stage.grant] * 4)

    assert sorted(outcomes) == [0, 0, 0, 3]
    assert len(stage.awards()) == 3


def test_what_was_withdrawn_is_not_given_again(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    stage.withdraw("b")

    assert stage.grant() == 0
    assert stage.award("b")["status"] == "withdrawn"


def test_grant_awards_is_refused_before_the_result_is_final(events: EventsHub) -> None:
    stage = placed(events, final=False)

    with events.refuses("RESULT_NOT_FINAL", "stageId"):
        stage.grant()


def test_grant_awards_is_for_the_organisers(events: EventsHub) -> None:
    stage = placed(events)
    events.grant("elsewhere", Role.ORGANIZER, Scope.event(new_id()))

    with events.refuses(SignInRequired.code):
        stage.grant("")
    for viewer in (rep("a"), "elsewhere"):
        with events.refuses(NotAllowed.code):
            stage.grant(viewer)


def test_grant_awards_is_refused_for_a_stage_that_is_not_there(events: EventsHub) -> None:
    with events.refuses(NotFound.code, "stageId"):
        events.ask("grant_awards", stage_id=new_id())


def test_grant_awards_is_refused_where_other_rules_would_now_give_others(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()
    other = {**AWARDS, "prizes": [{**AWARDS["prizes"][0], "count": 2}]}
    _amend(stage, {"awards": other})
    assert stage.grant() == 0, "the rules are those of the result"
    _announced_by(stage, rules_version=2)

    with events.refuses("AWARDS_DIFFER", "stageId"):
        stage.grant()

    stage.withdraw("b")
    assert stage.grant() == 2
    assert [(each["prize"]["code"], each["status"]) for each in stage.awards() if each["recipient"][2:] == "b"] == [
        ("second", "withdrawn"),
        ("first", "granted"),
        ("adviser", "granted"),
    ]


def test_awards_are_given_by_amended_rules_once_a_supervisor_has_signed(events: EventsHub) -> None:
    stage = placed(events)
    two = {**AWARDS, "prizes": [{**AWARDS["prizes"][0], "count": 2}]}
    _amend(stage, {"awards": two})
    given = {"stage_id": stage.stage_id, "reason": "并列一等奖的名额有误。"}

    motion = moved(events, "grant_by_amendment", rules_version=2, **given)

    assert stage.awards() == []
    with events.refuses("MOTION_PENDING"):
        stage.ask("grant_by_amendment", rules_version=2, **given)
    with events.refuses(NotAllowed.code):
        signed(events, motion, ORGANIZER)
    signed(events, motion)
    assert [each["prize"]["code"] for each in stage.awards(kind="entry")] == ["first", "first"]
    assert stage.grant() == 0, "what was signed goes on holding"
    assert len(stage.said("certificates_ready")) == 2


def test_a_motion_to_grant_by_an_amendment_names_rules_that_there_are_and_that_differ(events: EventsHub) -> None:
    stage, announced = placed(events), placed(events, final=False, series=_another())

    for version, code in ((1, "NOTHING_CHANGED"), (2, "NOT_FOUND")):
        with events.refuses(code, "rulesVersion"):
            stage.ask("grant_by_amendment", stage_id=stage.stage_id, rules_version=version, reason="更正")
    with events.refuses("RESULT_NOT_FINAL", "stageId"):
        stage.ask("grant_by_amendment", stage_id=announced.stage_id, rules_version=2, reason="更正")
    with events.refuses(NotAllowed.code):
        stage.ask("grant_by_amendment", rep("a"), stage_id=stage.stage_id, rules_version=2, reason="更正")


def test_a_track_has_prizes_of_its_own_where_its_rules_say_so(events: EventsHub) -> None:
    stage = placed(events)
    code = events.ask("tracks_by_id", ids=[_track(stage)])[0]["code"]
    golden = [{**prize("gold", count=1), "name_zh": "金奖", "name_en": "Gold"}]
    _amend(stage, {"awards": AWARDS, "tracks": {code: {"awards": {"prizes": golden, "advisers": None}}}})
    _announced_by(stage, rules_version=2)

    stage.grant()

    assert [each["prize"] for each in stage.awards()] == [{"code": "gold", "name_zh": "金奖", "name_en": "Gold"}]


def test_grant_organization_awards_goes_by_the_prizes_of_institutions(events: EventsHub) -> None:
    stage = placed(events)
    stage.grant()

    granted = stage.ask("grant_organization_awards", competition_id=stage.competition_id)

    [award] = stage.awards(kind="organization")
    assert granted == {"granted": 1}
    assert (award["organization_id"], award["recipient"], award["stage_id"]) == (
        stage.organizations["a"],
        "a学校",
        None,
    )
    assert stage.certificate(award["number"])["track"] is None


def test_grant_organization_awards_is_refused_without_prizes_or_without_such_an_award(events: EventsHub) -> None:
    stage = placed(events)

    with events.refuses("NO_AWARDS_YET", "competitionId"):
        stage.ask("grant_organization_awards", competition_id=stage.competition_id)
    with events.refuses(NotAllowed.code):
        stage.ask("grant_organization_awards", rep("a"), competition_id=stage.competition_id)


def test_grant_organization_awards_goes_by_the_rules_by_which_the_prizes_were_given(events: EventsHub) -> None:
    stage = placed(events, organizations=None)
    stage.grant()
    _amend(stage, {"awards": AWARDS})

    with events.refuses("NO_ORGANIZATION_AWARD", "competitionId"):
        stage.ask("grant_organization_awards", competition_id=stage.competition_id)


def test_grant_awards_takes_as_many_statements_for_many_as_for_few(events: EventsHub) -> None:
    few, many = placed(events, "abc"), None
    with events.statements() as of_few:
        few.grant()
    everybody = [{**prize("first", count=20), "name_zh": "一等奖", "name_en": "First"}]
    many = placed(events, "abcdefghijklmnop", prizes=everybody, series=_another())
    with events.statements() as of_many:
        assert many.grant() == 32

    assert len(of_many) == len(of_few)


def _another() -> dict[str, str]:
    return {"name_zh": "另一系列", "name_en": "Another"}


def _amend(stage: Awarded, rules: dict[str, object]) -> None:
    stage.ask("amend_rules", competition_id=stage.competition_id, rules=rules, reason="更正。")


def _announced_by(stage: Awarded, rules_version: int) -> None:
    """Let another version of the result stand, which goes by these rules."""
    with stage.events.runtime.database.transaction() as session:
        session.execute(update(ResultVersion).values(rules_version=rules_version))


def _track(stage: Awarded) -> str:
    [edition] = stage.ask("competitions_by_id", ORGANIZER, ids=[stage.competition_id])
    return str(edition["tracks"][0]["id"])


UNPRINTED = {"a": "王\U0002ebf0", "c": "李\u0ff0"}  # of extension I, and not assigned


def test_awards_that_could_not_be_printed_are_given_only_by_who_has_been_told(events: EventsHub) -> None:
    require(FONT)
    stage = placed(events, names=UNPRINTED)

    with events.refuses("NAMES_NOT_PRINTED", "stageId", certificates=2, letters="U+2EBF0"):
        stage.grant()

    assert stage.ask("grant_awards", ORGANIZER, stage_id=stage.stage_id, unprinted=True) == {"granted": 3}
    assert stage.award("a")["recipient"] == UNPRINTED["a"]
    assert stage.grant() == 0


def test_organization_awards_ask_for_the_letters_of_the_organization(events: EventsHub) -> None:
    require(FONT)
    stage = placed(events, organizations={**ORGANIZATIONS, "name_zh": "优秀组织\U0002ebf0奖"})
    stage.ask("grant_awards", ORGANIZER, stage_id=stage.stage_id)
    given = {"competition_id": stage.competition_id}

    with events.refuses("NAMES_NOT_PRINTED", "competitionId", certificates=1, letters="U+2EBF0"):
        stage.ask("grant_organization_awards", ORGANIZER, **given)
    assert stage.ask("grant_organization_awards", ORGANIZER, **given, unprinted=True) == {"granted": 1}


def test_awards_and_cancelling_never_meet(events: EventsHub) -> None:
    """Whoever comes first has it: awards are given and the competition stands, or it is cancelled without one."""
    stage = placed(events)
    cancel = partial(stage.ask, "cancel_competition", competition_id=stage.competition_id, reason="台风")

    at_once(stage.grant, cancel)

    (competition,) = events.ask("competitions_by_id", ids=[stage.competition_id])
    assert (competition["status"] == "cancelled") != bool(stage.awards())
    code, field = ("COMPETITION_CANCELLED", None) if stage.awards() == [] else ("AWARDS_STAND", "competitionId")
    with events.refuses(code, field):
        cancel()
