"""Re-judging in the graph: the panel previews a difference and applies it, a judge sees codes, the public the outcome."""

from __future__ import annotations

from typing import Any

from tests.gateway.graph.events.competitions.competing import Gateway
from tests.gateway.graph.events.judging.results.judged import Shown, judged
from tests.gateway.graph.events.judging.results.test_results_in_the_graph import ROWS, announced

SHOWN = """rejudging { id status tasks { sheetId code } differenceDigest entryIds people objectionId
    difference { entryId contestant placeBefore placeAfter scoreBefore scoreAfter }
    sheets { code person scores { criterion points } } rulings { id kind entryId sheetId reason } }"""


async def upheld(shown: Shown, result_id: str) -> tuple[str, list[str]]:
    """The id of an objection about B that was upheld, and the two of its panel who did so."""
    gateway, returning = shown.gateway, "objection { id seats { person } rejudgingId }"
    filing = {"resultId": result_id, "entryId": shown.entries["B"], "ground": "PROCEDURE", "statement": "计时有误"}
    objection = (await gateway.do("fileObjection", returning, "rep-B", **filing))["objection"]
    seated = await gateway.do("seatArbitrators", returning, "organizer", objectionId=objection["id"])
    people = [seat["person"] for seat in seated["objection"]["seats"]]
    for person in people[:2]:
        given = {"objectionId": objection["id"], "uphold": True, "reason": "属实"}
        await gateway.do("voteOnObjection", returning, person, **given)
    return str(objection["id"]), people[:2]


async def test_what_is_previewed_is_applied_and_then_signed(gateway: Gateway) -> None:
    shown = await judged(gateway)
    result = await announced(shown)
    objection_id, (panelist, _) = await upheld(shown, result["id"])
    opening = {"objectionId": objection_id, "entryIds": [shown.entries["B"]], "people": ["judge-1"]}

    opened = (await gateway.do("openRejudging", SHOWN, panelist, **opening))["rejudging"]
    scores = [{"criterion": "total", "points": "99"}]
    sheet = {"rejudgingId": opened["id"], "sheetId": shown.sheets["B", "judge-1"], "scores": scores, "remark": "重评"}
    judged_again = (await gateway.do("rejudgeSheet", SHOWN, "judge-1", **sheet))["rejudging"]
    ruling = {"rejudgingId": opened["id"], "sheetId": shown.sheets["B", "judge-2"], "reason": "须回避"}
    ruled = (await gateway.do("excludeSheet", SHOWN, panelist, **ruling))["rejudging"]

    assert judged_again["entryIds"] is None and judged_again["difference"] is None
    assert {task["code"] for task in judged_again["tasks"]} == {"A-B"}
    changes = [
        {"entryId": shown.entries["B"], "contestant": "选手B", "placeBefore": 2, "placeAfter": 1}
        | {"scoreBefore": "80.00", "scoreAfter": "99.00"},
        {"entryId": shown.entries["A"], "contestant": "选手A", "placeBefore": 1, "placeAfter": 2}
        | {"scoreBefore": "90.00", "scoreAfter": "90.00"},
    ]
    assert ruled["difference"] == changes
    assert (ruled["rulings"][0]["kind"], ruled["objectionId"]) == ("SHEET_EXCLUDED", objection_id)
    asked = await gateway.ask(f"query($id: ID!) {{ {SHOWN[:9]}(id: $id) {SHOWN[10:]} }}", "supervisor", id=opened["id"])
    assert asked["rejudging"] == ruled
    apply: dict[str, Any] = {"rejudgingId": opened["id"], "differenceDigest": ruled["differenceDigest"]}
    applied = (await gateway.do("applyRejudging", SHOWN, panelist, **apply))["rejudging"]
    assert (applied["status"], applied["difference"]) == ("APPLIED", changes)
    whole = "query($id: ID!) { node(id: $id) { ... on Result { versions { status digest } } } }"
    versions = (await gateway.ask(whole, "supervisor", id=result["id"]))["node"]["versions"]
    sign = {"resultId": result["id"], "digest": versions[1]["digest"]}
    await gateway.do("countersignResult", "result { status }", "supervisor", **sign)
    rows = (await gateway.ask(ROWS, result=result["id"]))["resultRows"]["nodes"]
    assert [(row["contestant"], row["place"]) for row in rows] == [("选手B", 1), ("选手A", 2), ("选手C", 3)]


async def test_a_rejudging_is_not_found_by_whom_it_does_not_concern(gateway: Gateway) -> None:
    shown = await judged(gateway)
    result = await announced(shown)
    objection_id, (panelist, another) = await upheld(shown, result["id"])
    opening = {"objectionId": objection_id, "entryIds": [shown.entries["B"]], "people": []}
    opened = (await gateway.do("openRejudging", SHOWN, panelist, **opening))["rejudging"]

    for viewer, code in (("rep-B", "NOT_ALLOWED"), ("", "SIGN_IN_REQUIRED")):
        answer = await gateway.answer("query($id: ID!) { rejudging(id: $id) { status } }", viewer, id=opened["id"])
        assert answer["errors"][0]["extensions"]["code"] == code
    cancelled = await gateway.do("cancelRejudging", SHOWN, another, rejudgingId=opened["id"], reason="成绩不变")
    assert (cancelled["rejudging"]["status"], cancelled["rejudging"]["difference"]) == ("CANCELLED", [])
