"""Judges in the graph: a panel comes about from nomination to assignment, and lists cost the same however long they are."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import Any

import pytest

from contracts.authority import Role
from gateway.graph.relay import from_global_id
from procedures.draws.draw import Secret, commitment
from services.events.judging.judges.document import differences
from tests.gateway.graph.events.competitions.competing import OFFICE, Gateway, drafted, registered

SUPERVISOR = "supervisor"
SECRETS = {OFFICE: Secret("梅花三弄", "a1" * 32), SUPERVISOR: Secret("20260302", "b2" * 32)}
STAGES = "query($id: ID!) { competition(id: $id) { rounds { stages { id status } } } }"
JUDGING = {"seats": 2, "most_per_province": None, "judges_per_entry": 2}


class Season:
    """A competition of OFFICE with two entries, whose stage is running."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway

    async def begin(self, candidates: int = 4) -> None:
        gateway = self.gateway
        draft = await drafted(gateway, rules={"judging": JUDGING})
        self.competition, self.track = draft["id"], draft["tracks"][0]["id"]
        grant = {
            "person": SUPERVISOR,
            "role": Role.SUPERVISOR.name,
            "scopeType": "EVENT",
            "scopeId": from_global_id(draft["series"]["id"])[1],
        }
        await gateway.do("grantRole", "grant { role }", **grant)
        await gateway.do("publishCompetition", "competition { id }", competitionId=self.competition)
        self.university = await registered(gateway, "黄山", "rep")
        for contestant in ("甲", "乙"):
            entry = {"trackId": self.track, "organizationId": self.university, "contestant": contestant}
            await gateway.do("submitEntry", "entry { id }", "rep", **entry)
        self.candidates = [await self.nominate(n) for n in range(candidates)]
        gateway.clock.advance(timedelta(days=31))
        self.stage = await self.running()

    async def nominate(self, n: int) -> str:
        organization = await registered(self.gateway, f"评委单位{n}", f"rep-{n}")
        given = {"competitionId": self.competition, "organizationId": organization, "trackIds": [self.track]}
        candidate = await self.gateway.do(
            "nominateJudge", "candidate { id }", person=f"judge-{n}", name=f"评委{n}", **given
        )
        return str(candidate["candidate"]["id"])

    async def running(self) -> str:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            (held,) = (await self.gateway.ask(STAGES, id=self.competition))["competition"]["rounds"]
            if held["stages"][0]["status"] == "RUNNING":
                return str(held["stages"][0]["id"])
            await asyncio.sleep(0.05)
        raise AssertionError("the stage did not begin in time")

    async def drawn(self) -> dict[str, Any]:
        for person, secret in SECRETS.items():
            given = {"stageId": self.stage, "commitment": commitment(secret)}
            draw = (await self.gateway.do("commitDraw", "draw { id status }", person, **given))["draw"]
        for person, secret in SECRETS.items():
            given = {"drawId": draw["id"], "secret": secret.secret, "nonce": secret.nonce}
            draw = (await self.gateway.do("revealDraw", "draw { id status seed document }", person, **given))["draw"]
        found: dict[str, Any] = draw
        return found


@pytest.fixture
def season(gateway: Gateway) -> Season:
    return Season(gateway)


async def test_a_panel_comes_about_from_nomination_to_assignment(gateway: Gateway, season: Season) -> None:
    await season.begin()
    against = {"candidateId": season.candidates[0], "organizationId": season.university, "reason": "曾共事"}
    await gateway.do("declareConflict", "candidate { id }", "judge-0", **against)
    await gateway.do("withdrawCandidate", "candidate { status }", "judge-0", candidateId=season.candidates[0])

    draw = await season.drawn()

    assert (draw["status"], differences(draw["document"])) == ("DRAWN", [])
    public = (
        await gateway.ask("query($id: ID!) { draw(id: $id) { document candidates stage { id } } }", id=draw["id"])
    )["draw"]
    assert public == {"document": draw["document"], "candidates": 3, "stage": {"id": season.stage}}
    panel = "query($stage: ID!) { panel(stage: $stage) { nodes { id name status candidate { id person } } } }"
    first, second = (await gateway.ask(panel, OFFICE, stage=season.stage))["panel"]["nodes"]
    assert [from_global_id(seat["candidate"]["id"])[1] for seat in (first, second)] == draw["document"]["panel"]
    declined = {"seatId": first["id"], "reason": "出差"}
    await gateway.do("declineSeat", "seat { status }", first["candidate"]["person"], **declined)
    mine = "{ mySeats { nodes { id status stage { id } candidate { name } } } }"
    for seat in (await gateway.ask(panel, OFFICE, stage=season.stage))["panel"]["nodes"][1:]:
        own = (await gateway.ask(mine, seat["candidate"]["person"]))["mySeats"]["nodes"]
        assert own == [
            {"id": seat["id"], "status": "DRAWN", "stage": {"id": season.stage}, "candidate": {"name": seat["name"]}}
        ]
        await gateway.do("acceptSeat", "seat { status }", seat["candidate"]["person"], seatId=seat["id"])
    shown = "report { least most mean loads { works } provinces { province { code } judges works } mixes { works } }"
    report = (await gateway.do("assignJudges", shown, stageId=season.stage))["report"]
    assert (report["least"], report["most"], report["mean"]) == (2, 2, 2.0)
    assert report["provinces"] == [{"province": {"code": "340000"}, "judges": 2, "works": 4}]


async def test_conflicts_show_their_path_in_the_callers_language(gateway: Gateway, season: Season) -> None:
    await season.begin(candidates=1)
    against = {"candidateId": season.candidates[0], "organizationId": season.university, "reason": "曾共事"}
    await gateway.do("declareConflict", "candidate { id }", "judge-0", **against)

    query = """query($stage: ID!) { conflicts(stage: $stage) { nodes { candidate { person } conflicts {
      kind words entries path { kind words organization { nameZh } province { code } entryId since } } } } }"""
    (node,) = (await gateway.ask(query, SUPERVISOR, "zh-CN", stage=season.stage))["conflicts"]["nodes"]

    (conflict,) = node["conflicts"]
    assert (conflict["kind"], conflict["words"], conflict["entries"]) == ("DECLARED", "已申报的利益关系", 2)
    assert [(step["kind"], step["words"], step["organization"]) for step in conflict["path"]] == [
        ("DECLARED_BY_JUDGE", "评委本人申报", {"nameZh": "黄山大学"}),
        ("ENTERED_BY", "报名单位", {"nameZh": "黄山大学"}),
    ]
    english = (await gateway.ask(query, SUPERVISOR, "en", stage=season.stage))["conflicts"]["nodes"][0]["conflicts"][0]
    assert [step["words"] for step in english["path"]] == ["declared by the judge", "was entered by"]


@pytest.mark.parametrize("viewer", ["", "judge-1", "rep"])
async def test_candidates_panels_conflicts_and_loads_are_not_for_everybody(
    gateway: Gateway, season: Season, viewer: str
) -> None:
    await season.begin()
    await season.drawn()
    code = "NOT_ALLOWED" if viewer else "SIGN_IN_REQUIRED"

    for field in ("panel(stage: $stage) { nodes { id } }", "conflicts(stage: $stage) { nodes { conflicts { kind } } }"):
        answer = await gateway.answer(f"query($stage: ID!) {{ {field} }}", viewer, stage=season.stage)
        assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
    answer = await gateway.answer(
        "query($stage: ID!) { assignmentReport(stage: $stage) { most } }", viewer, stage=season.stage
    )
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
    listed = "query($id: ID!) { judgeCandidates(competition: $id) { nodes { name } } }"
    answer = await gateway.answer(listed, viewer, id=season.competition)
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]


async def test_a_refusal_is_a_problem_in_the_callers_language(gateway: Gateway, season: Season) -> None:
    await season.begin(candidates=1)
    for person, secret in SECRETS.items():
        given = {"stageId": season.stage, "commitment": commitment(secret)}
        payload = await gateway.payload("commitDraw", "draw { id }", person, "zh-CN", **given)

    assert payload["problems"] == [
        {"code": "ROSTER_TOO_SMALL", "field": "stageId", "message": "候选评委不足：按规则只能抽出 1 席，需要 2 席。"}
    ]


async def test_lists_cost_as_many_calls_for_one_row_as_for_three(gateway: Gateway, season: Season) -> None:
    await season.begin()
    await season.drawn()
    node = "id name organization { name } province { name } competition { id }"
    documents = [
        f'judgeCandidates(competition: "{season.competition}", first: %d) {{ nodes {{ {node} tracks {{ id }} }} }}',
        f'panel(stage: "{season.stage}", first: %d) {{ nodes {{ id stage {{ id }} candidate {{ {node} }} }} }}',
        f'conflicts(stage: "{season.stage}", first: %d) {{ nodes {{ conflicts {{ path {{ organization {{ id }} }} }} }} }}',
        f'draws(stage: "{season.stage}", first: %d) {{ nodes {{ id document stage {{ id }} }} }}',
    ]

    for document in documents:
        costs = [await gateway.calls_for(f"{{ {document % first} }}", OFFICE) for first in (1, 3)]

        assert costs[0] == costs[1] <= 4
