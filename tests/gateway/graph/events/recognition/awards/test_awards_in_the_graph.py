"""Awards through the graph: organisers give and withdraw them, representatives find their certificates, everybody the tables."""

from __future__ import annotations

from typing import Any

from gateway.graph.relay import to_global_id
from tests.gateway.certificates.desk import HUB, Desk
from tests.services.events.judging.motions.moving import SUPERVISOR
from tests.services.events.recognition.awards.awarding import ORGANIZER, Awarded, placed, rep
from tests.services.events.recognition.awards.prizing import prize

AWARDS = """
query($competition: ID!, $first: Int) {
  awards(competition: $competition, first: $first) {
    nodes {
      id kind place recipient status ground reason
      prize { code name nameZh nameEn }
      province { code }
      competition { id }
      stage { number round { nameZh } track { nameEn } }
      certificate { number verifyUrl pdfUrl credentialUrl }
    }
  }
}
"""
CERTIFICATE = """
query($number: String!) {
  certificate(number: $number) {
    number kind recipient members advisers issuedAt withdrawnAt ground
    organization { zh } competition { zh en } edition { zh } track { en } round { zh } prize { zh en } issuers { en }
    verifyUrl pdfUrl credentialUrl
  }
}
"""
GRANT = "mutation($input: GrantAwardsInput!) { grantAwards(input: $input) { granted problems { code field message } } }"


async def test_an_organiser_grants_awards_and_a_representative_finds_the_certificate(desk: Desk) -> None:
    stage = placed(desk.events)

    granted = await _grant(desk, stage)
    [first, second, adviser] = await _awards(desk, stage, rep("a"))

    assert granted == {"granted": 3, "problems": []}
    number = first["certificate"]["number"]
    assert first | {"id": "", "stage": None} == {
        "id": "",
        "kind": "ENTRY",
        "place": 1,
        "recipient": "选手a",
        "status": "GRANTED",
        "ground": None,
        "reason": None,
        "prize": {"code": "first", "name": "一等奖", "nameZh": "一等奖", "nameEn": "First Prize"},
        "province": {"code": "310000"},
        "competition": {"id": _id("Competition", stage.competition_id)},
        "stage": None,
        "certificate": {
            "number": number,
            "verifyUrl": f"{HUB}/verify/{number}",
            "pdfUrl": f"{HUB}/certificates/{number}.pdf",
            "credentialUrl": f"{HUB}/credentials/{number}",
        },
    }
    assert first["stage"]["track"] == {"nameEn": "Primary School Chinese"}
    assert (second["recipient"], second["certificate"]) == ("选**", None)
    assert adviser["certificate"]["number"] != number


async def test_grant_awards_shows_its_refusal_as_a_problem(desk: Desk) -> None:
    stage = placed(desk.events, final=False)

    granted = await _grant(desk, stage)

    assert granted["granted"] is None
    assert [(each["code"], each["field"]) for each in granted["problems"]] == [("RESULT_NOT_FINAL", "stageId")]


async def test_an_award_is_withdrawn_and_its_certificate_says_so(desk: Desk) -> None:
    stage, number = desk.awarded()
    award_id = _id("Award", stage.award("a")["id"])
    given = {"awardId": award_id, "ground": "MISCONDUCT", "reason": "作品系抄袭。"}
    mutation = """mutation($input: WithdrawAwardInput!) {
      withdrawAward(input: $input) {
        award { status }
        motion { id act aboutId ground reason digest stage { id } }
        problems { code }
      }
    }"""
    sign = """mutation($input: CountersignMotionInput!) {
      countersignMotion(input: $input) { motion { status signedBy } job { id } problems { code } }
    }"""

    moved = (await desk.graph(mutation, ORGANIZER, input=given))["withdrawAward"]
    motion = moved["motion"]
    seen = {"motionId": motion["id"], "digest": motion["digest"]}
    carried = (await desk.graph(sign, SUPERVISOR, input=seen))["countersignMotion"]
    payload = await desk.graph(
        "query($id: ID!) { node(id: $id) { ... on Award { status reason } } }", ORGANIZER, id=award_id
    )
    certificate = (await desk.graph(CERTIFICATE, number=number))["certificate"]

    assert (moved["award"], moved["problems"]) == ({"status": "GRANTED"}, [])
    assert {name: motion[name] for name in ("act", "aboutId", "ground", "reason", "stage")} == {
        "act": "WITHDRAW_AWARD",
        "aboutId": award_id,
        "ground": "MISCONDUCT",
        "reason": "作品系抄袭。",
        "stage": {"id": _id("Stage", stage.stage_id)},
    }
    assert carried == {"motion": {"status": "CARRIED", "signedBy": SUPERVISOR}, "job": None, "problems": []}
    assert payload["node"] == {"status": "WITHDRAWN", "reason": "作品系抄袭。"}
    assert (certificate["withdrawnAt"], certificate["ground"], certificate["pdfUrl"]) == (
        "2026-03-02T01:00:00+00:00",
        "MISCONDUCT",
        None,
    )


async def test_a_certificate_is_shown_to_whoever_has_its_number(desk: Desk) -> None:
    _, number = desk.awarded()

    certificate = (await desk.graph(CERTIFICATE, number=number.lower()))["certificate"]

    assert certificate == {
        "number": number,
        "kind": "ENTRY",
        "recipient": "选手a",
        "members": ["选手a"],
        "advisers": ["导师a"],
        "issuedAt": "2026-03-02T01:00:00+00:00",
        "withdrawnAt": None,
        "ground": None,
        "organization": {"zh": "a学校"},
        "competition": {"zh": "班主任基本功大赛", "en": "Class-Teacher Skills Contest"},
        "edition": {"zh": "第14届"},
        "track": {"en": "Primary School Chinese"},
        "round": certificate["round"],
        "prize": {"zh": "一等奖", "en": "First Prize"},
        "issuers": [{"en": "Yangtze River Delta Education Hub"}],
        "verifyUrl": f"{HUB}/verify/{number}",
        "pdfUrl": f"{HUB}/certificates/{number}.pdf",
        "credentialUrl": f"{HUB}/credentials/{number}",
    }
    for other in ("x", "7" * 10_000, "2026-YRD-7K3M-9QX2-H4TC"):
        assert (await desk.graph(CERTIFICATE, number=other))["certificate"] is None


async def test_the_tables_are_public(desk: Desk) -> None:
    stage, _ = desk.awarded()
    document = """query($competition: ID!, $by: AwardTableBy!) {
      awardTable(competition: $competition, by: $by) {
        place province { code } prizes points counts { code count }
      }
    }"""
    competition = _id("Competition", stage.competition_id)

    by_province = (await desk.graph(document, competition=competition, by="PROVINCE"))["awardTable"]
    by_institution = (await desk.graph(document, competition=competition, by="INSTITUTION"))["awardTable"]

    first = {"place": 1, "prizes": 1, "points": 5, "counts": [{"code": "first", "count": 1}]}
    second = {"place": 2, "prizes": 1, "points": 3, "counts": [{"code": "second", "count": 1}]}
    assert by_province == [first | {"province": {"code": "310000"}}, second | {"province": {"code": "340000"}}]
    assert by_institution == [first | {"province": None}, second | {"province": None}]


async def test_organisation_awards_are_granted(desk: Desk) -> None:
    stage, _ = desk.awarded()
    mutation = """mutation($input: GrantOrganizationAwardsInput!) {
      grantOrganizationAwards(input: $input) { granted problems { code } }
    }"""

    given = {"competitionId": _id("Competition", stage.competition_id)}
    payload = (await desk.graph(mutation, ORGANIZER, input=given))["grantOrganizationAwards"]

    assert payload == {"granted": 1, "problems": []}


async def test_a_list_of_awards_takes_as_many_calls_for_many_as_for_one(desk: Desk) -> None:
    everybody = [{**prize("first", count=20), "name_zh": "一等奖", "name_en": "First"}]
    stage = placed(desk.events, "abcdefgh", prizes=everybody)
    stage.grant()

    calls = []
    for first in (1, 16):
        before = desk.wire.calls
        assert len(await _awards(desk, stage, ORGANIZER, first)) == first
        calls.append(desk.wire.calls - before)

    assert calls[0] == calls[1]


async def test_an_award_is_found_by_its_id(desk: Desk) -> None:
    stage, _ = desk.awarded()
    award_id = _id("Award", stage.award("a")["id"])

    node = (await desk.graph("query($id: ID!) { node(id: $id) { id ... on Award { recipient } } }", id=award_id))[
        "node"
    ]

    assert node == {"id": award_id, "recipient": "选**"}


async def _grant(desk: Desk, stage: Awarded) -> Any:
    return (await desk.graph(GRANT, ORGANIZER, input={"stageId": _id("Stage", stage.stage_id)}))["grantAwards"]


async def _awards(desk: Desk, stage: Awarded, viewer: str, first: int = 20) -> list[dict[str, Any]]:
    data = await desk.graph(AWARDS, viewer, competition=_id("Competition", stage.competition_id), first=first)
    nodes: list[dict[str, Any]] = data["awards"]["nodes"]
    return nodes


def _id(type_name: str, id_: str) -> str:
    return to_global_id(type_name, id_)
