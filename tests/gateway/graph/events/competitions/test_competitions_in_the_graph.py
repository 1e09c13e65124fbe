"""Competitions in the graph: from the draft to the entry, each seen by those whom it concerns, in their language."""

from __future__ import annotations

import base64
from datetime import timedelta

from tests.gateway.graph.events.competitions.competing import OFFICE, Gateway, drafted, published, registered

WHOLE = """query($id: ID!) { competition(id: $id) {
    id number name status publishedAt series { name alliance { name } } alliance { name } hostRegion { code name }
    tracks { name competition { id } quotas { province { code name } places taken free } }
} }"""


async def test_a_published_competition_is_shown_to_a_visitor_in_either_language(gateway: Gateway) -> None:
    alliance = {"kind": "MECHANISM", "nameZh": "协作机制", "nameEn": "Mechanism"}
    alliance_id = (await gateway.do("foundAlliance", "alliance { id }", **alliance))["alliance"]["id"]
    competition_id = (await published(gateway, allianceId=alliance_id))["id"]

    shown = (await gateway.ask(WHOLE, id=competition_id))["competition"]
    chinese = (await gateway.ask(WHOLE, id=competition_id, language="zh-CN"))["competition"]

    assert shown.pop("publishedAt") is not None
    assert shown == {
        "id": competition_id,
        "number": 14,
        "name": "Edition 14",
        "status": "PUBLISHED",
        "series": {"name": "大赛 contest", "alliance": {"name": "Mechanism"}},
        "alliance": {"name": "Mechanism"},
        "hostRegion": {"code": "340100", "name": "Hefei"},
        "tracks": [
            {
                "name": "Primary",
                "competition": {"id": competition_id},
                "quotas": [
                    {"province": {"code": "310000", "name": "Shanghai"}, "places": 1, "taken": 0, "free": 1},
                    {"province": {"code": "340000", "name": "Anhui"}, "places": 2, "taken": 0, "free": 2},
                ],
            }
        ],
    }
    assert (chinese["name"], chinese["series"]["name"], chinese["hostRegion"]["name"]) == ("第14届", "大赛", "合肥市")
    assert chinese["tracks"][0]["quotas"][1]["province"]["name"] == "安徽省"


async def test_a_draft_is_shown_to_its_organizer_and_to_nobody_else(gateway: Gateway) -> None:
    draft = await drafted(gateway)
    series_id = base64.urlsafe_b64decode(draft["series"]["id"]).decode().partition(":")[2]
    role = {"person": "organizer", "role": "ORGANIZER", "scopeType": "EVENT", "scopeId": series_id}
    await gateway.do("grantRole", "grant { role }", **role)

    next_one = await drafted(gateway, viewer="organizer", series=None, seriesId=draft["series"]["id"], number=15)

    drafts = "{ competitions(drafts: true) { nodes { id } } }"
    assert (await gateway.ask(drafts, "organizer"))["competitions"]["nodes"] == [
        {"id": next_one["id"]},
        {"id": draft["id"]},
    ]
    assert (await gateway.ask(drafts, "somebody"))["competitions"]["nodes"] == []
    assert (await gateway.answer(drafts))["errors"][0]["extensions"] == {"code": "SIGN_IN_REQUIRED"}
    assert (await gateway.ask("{ competitions { nodes { id } } }"))["competitions"]["nodes"] == []
    for viewer, seen in (("", None), ("somebody", None), ("organizer", {"id": draft["id"]})):
        node = "query($id: ID!) { competition(id: $id) { id } node(id: $id) { id } }"
        assert await gateway.ask(node, viewer, id=draft["id"]) == {"competition": seen, "node": seen}


async def test_an_entry_takes_a_place_and_its_withdrawal_gives_it_back(gateway: Gateway) -> None:
    competition = await published(gateway)
    track_id = competition["tracks"][0]["id"]
    organization_id = await registered(gateway, "huangshan", "lecturer")
    shown = """entry { id status contestant province { code } organization { id }
        competition { id } track { id quotas { province { code } taken } } }"""

    given = {"trackId": track_id, "organizationId": organization_id, "contestant": "第一队"}
    entry = (await gateway.do("submitEntry", shown, "lecturer", **given))["entry"]

    assert entry == {
        "id": entry["id"],
        "status": "ENTERED",
        "contestant": "第一队",
        "province": {"code": "340000"},
        "organization": {"id": organization_id},
        "competition": {"id": competition["id"]},
        "track": {
            "id": track_id,
            "quotas": [{"province": {"code": "310000"}, "taken": 0}, {"province": {"code": "340000"}, "taken": 1}],
        },
    }
    withdrawn = (await gateway.do("withdrawEntry", shown, "lecturer", entryId=entry["id"]))["entry"]
    assert withdrawn["status"] == "WITHDRAWN"
    assert [quota["taken"] for quota in withdrawn["track"]["quotas"]] == [0, 0]


async def test_entries_are_shown_to_those_whom_they_concern(gateway: Gateway) -> None:
    competition = await published(gateway)
    track_id = competition["tracks"][0]["id"]
    ids = {}
    for person in ("lecturer", "teacher"):
        organization_id = await registered(gateway, f"of-{person}", person)
        given = {"trackId": track_id, "organizationId": organization_id, "contestant": person}
        ids[person] = (await gateway.do("submitEntry", "entry { id }", person, **given))["entry"]["id"]

    entries = """query($id: ID!, $track: ID) {
        entries(competition: $id, track: $track, status: ENTERED) { nodes { contestant } } }"""
    asked = {"id": competition["id"], "track": track_id}
    assert (await gateway.ask(entries, "lecturer", **asked))["entries"]["nodes"] == [{"contestant": "lecturer"}]
    both = [{"contestant": "lecturer"}, {"contestant": "teacher"}]
    assert (await gateway.ask(entries, OFFICE, **asked))["entries"]["nodes"] == both
    assert (await gateway.answer(entries, **asked))["errors"][0]["extensions"] == {"code": "SIGN_IN_REQUIRED"}
    node = "query($id: ID!) { node(id: $id) { ... on Entry { contestant } } }"
    assert (await gateway.ask(node, "lecturer", id=ids["lecturer"]))["node"] == {"contestant": "lecturer"}
    assert (await gateway.ask(node, "lecturer", id=ids["teacher"]))["node"] is None


async def test_a_full_quota_is_a_problem_in_the_callers_language(gateway: Gateway) -> None:
    track_id = (await published(gateway))["tracks"][0]["id"]
    given = {"trackId": track_id, "organizationId": await registered(gateway, "fudan", "teacher", "310115")}
    await gateway.do("submitEntry", "entry { id }", "teacher", **given, contestant="一")

    chinese = await gateway.payload("submitEntry", "entry { id }", "teacher", "zh-CN", **given, contestant="二")
    english = await gateway.payload("submitEntry", "entry { id }", "teacher", "en", **given, contestant="二")

    problem = {"code": "QUOTA_EXHAUSTED", "field": "trackId"}
    zh, en = "本省在该赛道的名额已满（共 1 个）。", "All 1 places of this province in this track are taken."
    assert chinese == {"entry": None, "problems": [{**problem, "message": zh}]}
    assert english == {"entry": None, "problems": [{**problem, "message": en}]}


async def test_an_idempotency_key_gives_the_first_answer_again(gateway: Gateway) -> None:
    track_id = (await published(gateway))["tracks"][0]["id"]
    given = {"trackId": track_id, "organizationId": await registered(gateway, "fudan", "teacher", "310115")}

    first = await gateway.do("submitEntry", "entry { id }", "teacher", **given, contestant="一")
    again = {
        **given,
        "contestant": "二",
        "trackId": (await published(gateway, "另一"))["tracks"][0]["id"],
        "idempotencyKey": "k",
    }
    second = await gateway.do("submitEntry", "entry { id }", "teacher", **again)
    third = await gateway.do("submitEntry", "entry { id }", "teacher", **again)

    assert second == third != first


async def test_series_and_competitions_are_listed_with_filters_and_cursors(gateway: Gateway) -> None:
    series = (await gateway.do("foundSeries", "series { id name }", nameZh="技能大赛", nameEn="Skills"))["series"]
    first = await published(gateway)
    second = await published(gateway, series=None, seriesId=series["id"])

    page = """query($series: ID, $after: String, $open: Boolean) {
        competitions(series: $series, openNow: $open, first: 1, after: $after) {
            nodes { id } pageInfo { hasNextPage endCursor } } }"""
    newest = (await gateway.ask(page, open=True))["competitions"]
    rest = (await gateway.ask(page, after=newest["pageInfo"]["endCursor"]))["competitions"]

    assert (newest["nodes"], newest["pageInfo"]["hasNextPage"]) == ([{"id": second["id"]}], True)
    assert (rest["nodes"], rest["pageInfo"]["hasNextPage"]) == ([{"id": first["id"]}], False)
    assert (await gateway.ask(page, series=series["id"]))["competitions"]["nodes"] == [{"id": second["id"]}]
    listed = (await gateway.ask("{ competitionSeries { nodes { id name } } }"))["competitionSeries"]["nodes"]
    assert listed[0] == series and [each["name"] for each in listed] == ["Skills", "大赛 contest"]
    gateway.clock.advance(timedelta(days=30))
    assert (await gateway.ask(page, open=True))["competitions"]["nodes"] == []


async def test_a_list_makes_the_same_number_of_calls_for_one_and_for_three(gateway: Gateway) -> None:
    alliance = {"kind": "MECHANISM", "nameZh": "协作机制", "nameEn": "Mechanism"}
    alliance_id = (await gateway.do("foundAlliance", "alliance { id }", **alliance))["alliance"]["id"]
    document = """{ competitions { nodes {
        alliance { name } series { alliance { name } } tracks { competition { id } quotas { free } } } } }"""

    await published(gateway, "一", allianceId=alliance_id)
    for_one = await gateway.calls_for(document)
    for name in ("二", "三"):
        await published(gateway, name, allianceId=alliance_id)

    assert await gateway.calls_for(document) == for_one <= 3


async def test_an_id_of_another_kind_is_a_problem_of_its_field(gateway: Gateway) -> None:
    competition = await published(gateway)

    payload = await gateway.payload("publishCompetition", "competition { id }", OFFICE, competitionId="nonsense")
    other = await gateway.payload(
        "submitEntry",
        "entry { id }",
        OFFICE,
        trackId=competition["id"],
        organizationId=competition["id"],
        contestant="一",
    )

    assert [(problem["code"], problem["field"]) for problem in payload["problems"]] == [
        ("OF_ANOTHER_TYPE", "competitionId")
    ]
    assert [(problem["code"], problem["field"]) for problem in other["problems"]] == [("OF_ANOTHER_TYPE", "trackId")]
