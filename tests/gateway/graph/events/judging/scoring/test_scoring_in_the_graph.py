"""Scoring and blind codes as a frontend sees them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gateway.graph.relay import to_global_id
from tests.gateway.graph.events.competitions.competing import Gateway
from tests.gateway.graph.events.judging.scoring.speaking import speaking
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.judging.scoring.judging import SUPERVISOR, Judging

JUDGE = "judge-1"
MY_SHEETS = """query($stage: ID!) { mySheets(stage: $stage, first: 100) { nodes {
    id code status total scores { criterion points } stage { id } seat { id } } } }"""
SCORES = [{"criterion": "idea", "points": "30.5"}, {"criterion": "craft", "points": 20}]


async def my_sheets(gateway: Gateway, stage: str) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = (await gateway.ask(MY_SHEETS, JUDGE, stage=stage))["mySheets"]["nodes"]
    return nodes


async def test_a_judge_reads_the_rubric_writes_a_sheet_and_submits_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(tmp_path, monkeypatch) as (gateway, judging, stage):
        asked = "query($stage: ID!) { rubric(stage: $stage) { version criteria { key name weight least most step } } }"
        rubric = (await gateway.ask(asked, stage=stage))["rubric"]
        sheet = (await my_sheets(gateway, stage))[0]

        given = {"sheetId": sheet["id"], "scores": SCORES, "remark": "好", "rubricVersion": rubric["version"]}
        saved = await gateway.payload("saveSheet", "sheet { total remark scores { points } }", JUDGE, **given)
        submitted = await gateway.payload("submitSheet", "sheet { id status }", JUDGE, sheetId=sheet["id"])
        found = await gateway.ask(
            "query($id: ID!) { node(id: $id) { ... on Sheet { code total } } }", JUDGE, id=sheet["id"]
        )

        assert rubric["criteria"][0] == {
            "key": "idea",
            "name": "Criterion idea",
            "weight": "1",
            "least": "0",
            "most": "50",
            "step": "0.5",
        }
        assert saved == {
            "sheet": {"total": "50.5", "remark": "好", "scores": [{"points": "30.5"}, {"points": "20"}]},
            "problems": [],
        }
        assert submitted["sheet"] == {"id": sheet["id"], "status": "SUBMITTED"}
        assert found["node"] == {"code": sheet["code"], "total": "50.5"}
        assert sheet["seat"]["id"] == to_global_id("JudgeSeat", judging.seats[JUDGE])


async def test_points_are_never_binary_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with speaking(tmp_path, monkeypatch) as (gateway, _, stage):
        sheet_id = (await my_sheets(gateway, stage))[0]["id"]
        save = "mutation($input: SaveSheetInput!) { saveSheet(input: $input) { problems { code } } }"

        given = {"sheetId": sheet_id, "scores": [{"criterion": "idea", "points": 0.1}]}
        answer = await gateway.answer(save, JUDGE, input=given)
        scores = '[{criterion: "idea", points: 0.1}]'
        written = (
            f'mutation {{ saveSheet(input: {{sheetId: "{sheet_id}", scores: {scores}}}) {{ problems {{ code }} }} }}'
        )
        literal = await gateway.answer(written, JUDGE)

        assert "Points are text" in answer["errors"][0]["message"]
        assert "Points are text" in literal["errors"][0]["message"]


async def test_refusals_speak_the_language_of_the_judge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with speaking(tmp_path, monkeypatch) as (gateway, _, stage):
        sheet_id = (await my_sheets(gateway, stage))[0]["id"]
        given = {"sheetId": sheet_id, "scores": [{"criterion": "idea", "points": "50.5"}]}

        refused = await gateway.payload("saveSheet", "sheet { id }", JUDGE, "zh-CN", **given)

        assert refused["sheet"] is None
        assert refused["problems"] == [
            {
                "code": "POINTS_INVALID",
                "field": "scores.0.points",
                "message": "该项须在 0 到 50 分之间，以 0.5 分为单位。",
            }
        ]


async def test_a_stage_goes_from_sheets_to_opened_codes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with speaking(tmp_path, monkeypatch) as (gateway, judging, stage):
        judging.judge_all()
        lock = await gateway.payload("lockSheets", "lock { rulesVersion stage { id } }", ORGANIZER, stageId=stage)
        shown = "seal { codes requestedRole openedAt stage { id } }"
        asked = await gateway.payload("openCodes", shown, ORGANIZER, stageId=stage)
        taken = await gateway.payload("takeBackOpening", shown, ORGANIZER, stageId=stage)
        again = await gateway.payload("openCodes", shown, SUPERVISOR, stageId=stage)
        opened = await gateway.payload("openCodes", shown, ORGANIZER, stageId=stage)
        codes = """query($stage: ID!) {
            seal(stage: $stage) { openedAt }
            openedCodes(stage: $stage) { nodes { code entry { id } } }
        }"""
        found = await gateway.ask(codes, ORGANIZER, stage=stage)

        assert lock["lock"] == {"rulesVersion": 1, "stage": {"id": stage}}
        assert asked["seal"] == {"codes": 2, "requestedRole": "ORGANIZER", "openedAt": None, "stage": {"id": stage}}
        assert taken["seal"]["requestedRole"] is None
        assert (again["seal"]["requestedRole"], again["seal"]["openedAt"]) == ("SUPERVISOR", None)
        assert opened["seal"]["openedAt"] == found["seal"]["openedAt"] is not None
        entries = {to_global_id("Entry", entry_id) for entry_id in judging.entry_ids}
        assert {node["entry"]["id"] for node in found["openedCodes"]["nodes"]} == entries


async def test_an_organiser_sees_how_far_judges_are_and_what_comes_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with speaking(tmp_path, monkeypatch) as (gateway, judging, stage):
        judging.judge_all()
        first = to_global_id("Sheet", judging.my_sheets()[0]["id"])
        returned = await gateway.payload(
            "returnSheet", "sheet { code status }", ORGANIZER, sheetId=first, reason="核对"
        )
        seen = await gateway.ask(
            """query($stage: ID!, $seat: ID!) {
                sheets(stage: $stage, seat: $seat, status: DRAFT) { nodes { id code scores { points } } }
                judgingProgress(stage: $stage) { lockedAt seats { assigned drafts submitted seat { id } } }
            }""",
            ORGANIZER,
            stage=stage,
            seat=to_global_id("JudgeSeat", judging.seats[JUDGE]),
        )
        judging.submit(JUDGE, judging.my_sheets()[0]["id"], "40", "20")
        judging.lock()
        asked = """query($stage: ID!) {
            ranking(stage: $stage, first: 1) { nodes { place code score raw adjusted dropped } pageInfo { hasNextPage } }
            calibration(stage: $stage) { groups judges { seatId sheets shift ratio keptAsIs } }
            sensitivity(stage: $stage, prizes: [1]) { nodes { code place prize prizeHangs hangsOn { seatId place } } }
        }"""
        found = await gateway.ask(asked, SUPERVISOR, stage=stage)

        assert returned == {"sheet": {"code": None, "status": "DRAFT"}, "problems": []}
        assert seen["sheets"]["nodes"] == [{"id": first, "code": None, "scores": None}]
        assert [(seat["assigned"], seat["drafts"], seat["submitted"]) for seat in seen["judgingProgress"]["seats"]] == [
            (2, 1, 1),
            (2, 0, 2),
        ]
        code = judging.my_sheets()[0]["code"]
        assert found["ranking"] == {
            "nodes": [
                {
                    "place": 1,
                    "code": code,
                    "score": "60.00",
                    "raw": "60.000000",
                    "adjusted": "60.000000",
                    "dropped": 0,
                }
            ],
            "pageInfo": {"hasNextPage": True},
        }
        assert found["calibration"]["judges"][0]["shift"] == "0.000000"
        assert [(node["place"], node["prize"]) for node in found["sensitivity"]["nodes"]] == [(1, 1), (2, None)]


@pytest.mark.parametrize("field", ["mySheets", "sheets"])
async def test_a_list_of_sheets_makes_the_same_number_of_calls_however_long_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    costs = []
    for entries in (1, 3):
        async with speaking(tmp_path / str(entries), monkeypatch, entries=entries) as (gateway, judging, stage):
            judging.judge_all()
            document = (
                f'{{ {field}(stage: "{stage}", first: 100) {{ nodes {{ id code stage {{ id }} seat {{ id }} }} }} }}'
            )
            viewer = JUDGE if field == "mySheets" else ORGANIZER
            with judging.events.statements() as sent:
                calls = await gateway.calls_for(document, viewer)
            costs.append((calls, len(sent)))

    assert costs[0] == costs[1]
    assert costs[0][0] == 2


async def test_opened_codes_make_the_same_number_of_calls_however_many_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    for entries in (1, 3):
        async with speaking(tmp_path / str(entries), monkeypatch, entries=entries) as (gateway, judging, stage):
            judged(judging)
            document = f'{{ openedCodes(stage: "{stage}") {{ nodes {{ code entry {{ id contestant }} }} }} }}'
            with judging.events.statements() as sent:
                calls = await gateway.calls_for(document, ORGANIZER)
            costs.append((calls, len(sent)))

    assert costs[0] == costs[1]
    assert costs[0][0] == 2


def judged(judging: Judging) -> None:
    judging.judge_all()
    judging.lock()
    judging.open_codes()
