"""Entries in the graph: entered alone, many at once or by a roster, with people whom only some may see."""

from __future__ import annotations

import base64
from typing import Any

from tests.gateway.graph.events.competitions.competing import OFFICE, Gateway, published, registered

WANG = "11010519491231002X"
PEOPLE = [
    {"role": "CONTESTANT", "name": "王小明", "personNumber": WANG},
    {"role": "CONTESTANT", "name": "赵小红"},
    {"role": "ADVISER", "name": "李老师"},
]
SHOWN = """entry { id status contestant groupName waiting { position }
    members { id role name identified erasedAt organization { id } } }"""
MEMBERS = "query($id: ID!) { node(id: $id) { ... on Entry { members { name } } } }"


async def a_team_track(gateway: Gateway) -> tuple[str, str, str]:
    """The ids of a competition, of its team track with two places for Anhui, and of an organisation there."""
    quotas = [{"province": "340000", "places": 2}]
    track = {"code": "T", "kind": "TEAM", "nameZh": "团体赛", "nameEn": "Teams", "quotas": quotas}
    competition = await published(gateway, tracks=[track])
    track_id, organization_id = competition["tracks"][0]["id"], await registered(gateway, "huangshan", "lecturer")
    # once this is done, the organisation and its representative have reached events
    entry = (await gateway.do("submitEntry", "entry { id }", "lecturer", **a_team(track_id, organization_id)))["entry"]
    await gateway.do("withdrawEntry", "entry { id }", "lecturer", entryId=entry["id"])
    return competition["id"], track_id, organization_id


def a_team(track_id: str, organization_id: str, name: str = "第一队") -> dict[str, Any]:
    return {"trackId": track_id, "organizationId": organization_id, "contestant": name, "members": PEOPLE}


async def test_a_team_is_entered_with_its_members(gateway: Gateway) -> None:
    _, track_id, organization_id = await a_team_track(gateway)

    entry = (await gateway.do("submitEntry", SHOWN, "lecturer", **a_team(track_id, organization_id)))["entry"]

    assert (entry["status"], entry["waiting"]) == ("ENTERED", None)
    assert [(each["role"], each["name"], each["identified"]) for each in entry["members"]] == [
        ("CONTESTANT", "王小明", True),
        ("CONTESTANT", "赵小红", False),
        ("ADVISER", "李老师", False),
    ]
    for viewer, seen in (("lecturer", 3), (OFFICE, 3), ("somebody", None), ("", None)):
        node = (await gateway.ask(MEMBERS, viewer, id=entry["id"]))["node"]
        assert (len(node["members"]) if node else None) == seen


async def test_faults_of_a_team_are_problems_with_their_fields(gateway: Gateway) -> None:
    _, track_id, organization_id = await a_team_track(gateway)
    given = {**a_team(track_id, organization_id), "members": [{**PEOPLE[0], "organizationId": "no id"}]}

    strange = await gateway.payload("submitEntry", "entry { id }", "lecturer", **given)
    given["members"] = PEOPLE[1:2]
    few = await gateway.payload("submitEntry", "entry { id }", "lecturer", "zh-CN", **given)

    assert [(each["code"], each["field"]) for each in strange["problems"]] == [
        ("OF_ANOTHER_TYPE", "members.0.organizationId")
    ]
    assert few["problems"] == [{"code": "CONTESTANTS_TOO_FEW", "field": "members", "message": "参赛者至少 2 人。"}]
    assert few["entry"] is None


async def test_many_are_entered_at_once_or_none(gateway: Gateway) -> None:
    _, track_id, organization_id = await a_team_track(gateway)
    members = [*PEOPLE[1:], {**PEOPLE[1], "name": "钱小亮"}]
    two = [{**a_team(track_id, organization_id, name), "members": members} for name in ("第一队", "第二队")]

    entries = await gateway.do("submitEntries", "entries { contestant status }", "lecturer", entries=two)
    more = await gateway.payload("submitEntries", "entries { id }", "lecturer", entries=two)

    assert entries["entries"] == [
        {"contestant": "第一队", "status": "ENTERED"},
        {"contestant": "第二队", "status": "ENTERED"},
    ]
    assert [(each["code"], each["field"]) for each in more["problems"]] == [
        ("ALREADY_ENTERED", "entries.0.contestant"),
        ("ALREADY_ENTERED", "entries.1.contestant"),
    ]


async def test_a_roster_is_previewed_and_imported(gateway: Gateway) -> None:
    competition_id, track_id, _ = await a_team_track(gateway)
    header = "赛道,单位,参赛者,姓名,证件号\n"
    good = f"T,huangshan大学,第一队,王小明,{WANG}\nT,huangshan大学,第一队,赵小红,\n"
    bad = "X,huangshan大学,第二队,=1+1,\n"
    shown = """preview { rows entered waiting entries { rows track { id } organization { name } contestant members status }
        faults { row column code message } }"""

    faulty = await gateway.do(
        "previewEntries", shown, "lecturer", competitionId=competition_id, csv=header + good + bad
    )
    file = base64.b64encode((header + good).encode("gb18030")).decode()
    imported = await gateway.do(
        "importEntries", "entries { contestant members { name } }", "lecturer", competitionId=competition_id, file=file
    )
    again = await gateway.payload(
        "importEntries", "entries { id }", "lecturer", competitionId=competition_id, file=file
    )

    assert faulty["preview"] == {
        "rows": 3,
        "entered": 1,
        "waiting": 0,
        "entries": [
            {
                "rows": [2, 3],
                "track": {"id": track_id},
                "organization": {"name": "huangshan University"},
                "contestant": "第一队",
                "members": ["王小明", "赵小红"],
                "status": "ENTERED",
            }
        ],
        "faults": [
            {
                "row": 4,
                "column": "name",
                "code": "CELL_IS_FORMULA",
                "message": "A cell must not begin with =, +, - or @.",
            },
            {"row": 4, "column": "track", "code": "TRACK_UNKNOWN", "message": "This edition has no track “X”."},
        ],
    }
    assert imported["entries"] == [{"contestant": "第一队", "members": [{"name": "王小明"}, {"name": "赵小红"}]}]
    assert [(each["code"], each["field"]) for each in again["problems"]] == [("ROSTER_FAULTY", "file")]


async def test_a_member_is_substituted_and_erased(gateway: Gateway) -> None:
    _, track_id, organization_id = await a_team_track(gateway)
    entry = (await gateway.do("submitEntry", SHOWN, "lecturer", **a_team(track_id, organization_id)))["entry"]
    which = {"entryId": entry["id"], "memberId": entry["members"][0]["id"]}

    changed = (await gateway.do("substituteMember", SHOWN, "lecturer", **which, name="李雷"))["entry"]
    erased = (await gateway.do("eraseMember", SHOWN, "lecturer", **which))["entry"]
    blank = (await gateway.do("eraseContestant", SHOWN, "lecturer", entryId=entry["id"]))["entry"]

    assert [each["name"] for each in changed["members"]] == ["李雷", "赵小红", "李老师"]
    assert (erased["members"][0]["name"], erased["members"][0]["erasedAt"] is not None) == ("", True)
    assert blank["contestant"] == ""
    data = (await gateway.ask("query($id: ID!) { entryData(entry: $id) }", "lecturer", id=entry["id"]))["entryData"]
    assert [each["type"] for each in data["history"]] == [
        "events.entry_submitted",
        "events.member_substituted",
        "events.member_erased",
        "events.contestant_erased",
    ]
    answer = await gateway.answer("query($id: ID!) { entryData(entry: $id) }", "somebody", id=entry["id"])
    assert answer["errors"][0]["extensions"] == {"code": "NOT_ALLOWED"}


async def test_a_list_of_entries_costs_the_same_calls_for_one_and_for_two(gateway: Gateway) -> None:
    competition_id, track_id, organization_id = await a_team_track(gateway)
    document = f"""{{ entries(competition: "{competition_id}") {{
        nodes {{ id members {{ name organization {{ id }} }} waiting {{ position }} }} }} }}"""
    await gateway.do("submitEntry", "entry { id }", "lecturer", **a_team(track_id, organization_id))
    for_one = await gateway.calls_for(document, "lecturer")

    given = {**a_team(track_id, organization_id, "第二队"), "members": [PEOPLE[1], {**PEOPLE[1], "name": "钱小亮"}]}
    await gateway.do("submitEntry", "entry { id }", "lecturer", **given)

    assert await gateway.calls_for(document, "lecturer") == for_one
