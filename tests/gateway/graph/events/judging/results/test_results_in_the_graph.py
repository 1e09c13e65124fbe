"""Results in the graph: proposed, signed, saved by anybody and worked out anew, and seen by nobody while objected to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from click.testing import CliRunner

from hub.cli import cli
from tests.gateway.graph.events.competitions.competing import Gateway
from tests.gateway.graph.events.judging.results.judged import Shown, judged

WHOLE = """query($stage: ID!) { result(stage: $stage) {
    id status version digest noticeEndsAt stage { number } competition { number }
    versions { number status digest proposedBy signedBy rejudgingId }
} }"""
ROWS = """query($result: ID!, $version: Int) { resultRows(result: $result, version: $version) {
    nodes { entryId place code contestant organization { name } province { code } score raw entry { contestant } }
} }"""
DOCUMENT = """query($result: ID!, $whole: Boolean) { resultDocument(result: $result, whole: $whole) {
    version digest document
} }"""


async def announced(shown: Shown) -> dict[str, Any]:
    gateway = shown.gateway
    returning = "result { id status versions { digest } }"
    proposed = (await gateway.do("proposeResult", returning, "organizer", stageId=shown.stage))["result"]
    sign = {"resultId": proposed["id"], "digest": proposed["versions"][0]["digest"]}
    result: dict[str, Any] = (await gateway.do("countersignResult", returning, "supervisor", **sign))["result"]
    return result


async def test_a_signed_result_is_shown_to_a_visitor_without_who_signed_it(gateway: Gateway) -> None:
    shown = await judged(gateway)
    result = await announced(shown)

    seen = (await gateway.ask(WHOLE, stage=shown.stage))["result"]
    rows = (await gateway.ask(ROWS, result=result["id"]))["resultRows"]["nodes"]

    assert seen.pop("noticeEndsAt") is not None
    digest = result["versions"][0]["digest"]
    version = {"number": 1, "status": "ANNOUNCED", "digest": digest}
    assert seen == {
        "id": result["id"],
        "status": "ANNOUNCED",
        "version": 1,
        "digest": digest,
        "stage": {"number": 1},
        "competition": {"number": 14},
        "versions": [{**version, "proposedBy": None, "signedBy": None, "rejudgingId": None}],
    }
    assert rows[0] == {
        "entryId": shown.entries["A"],
        "place": 1,
        "code": "A-A",
        "contestant": "选手A",
        "organization": {"name": "A University"},
        "province": {"code": "340000"},
        "score": "90.00",
        "raw": None,
        "entry": None,
    }
    inside = (await gateway.ask(WHOLE, "supervisor", stage=shown.stage))["result"]["versions"][0]
    assert (inside["proposedBy"], inside["signedBy"]) == ("organizer", "supervisor")
    assert (await gateway.ask(ROWS, "organizer", result=result["id"]))["resultRows"]["nodes"][0]["raw"] == "90.000000"


async def test_what_a_visitor_saves_and_what_an_insider_saves_are_worked_out_anew_offline(
    gateway: Gateway, tmp_path: Path
) -> None:
    shown = await judged(gateway)
    result = await announced(shown)
    file = tmp_path / "result.json"

    public = await gateway.answer(DOCUMENT, result=result["id"])
    whole = await gateway.answer(DOCUMENT, "supervisor", result=result["id"], whole=True)

    for saved in (public, whole):
        file.write_bytes(orjson.dumps(saved))
        verified = CliRunner().invoke(cli, ["result", "verify", str(file)])
        assert (verified.exit_code, "✗" in verified.output) == (0, False), verified.output
        assert result["versions"][0]["digest"] in verified.output


async def test_an_objection_hides_a_result_until_it_is_dismissed(gateway: Gateway) -> None:
    shown = await judged(gateway)
    result = await announced(shown)
    returning = "objection { id status standing seats { id person } }"
    filing = {"resultId": result["id"], "entryId": shown.entries["B"], "ground": "PROCEDURE", "statement": "计时有误"}

    objection = (await gateway.do("fileObjection", returning, "rep-B", **filing))["objection"]

    assert (objection["status"], objection["standing"]) == ("FILED", "REPRESENTATIVE")
    hidden = (await gateway.ask(WHOLE, stage=shown.stage))["result"]
    assert (hidden["status"], hidden["digest"], hidden["versions"]) == ("FROZEN", None, [])
    assert (await gateway.ask(ROWS, result=result["id"]))["resultRows"]["nodes"] == []
    assert (await gateway.ask(DOCUMENT, result=result["id"]))["resultDocument"] is None
    seated = await gateway.do("seatArbitrators", returning, "organizer", objectionId=objection["id"])
    people = [seat["person"] for seat in seated["objection"]["seats"]]
    for person in people[:2]:
        given = {"objectionId": objection["id"], "uphold": False, "reason": "计时无误"}
        await gateway.do("voteOnObjection", "objection { status }", person, **given)
    mine = "{ myObjections { nodes { status statement reasons seats { person } result { status } } } }"
    assert (await gateway.ask(mine, "rep-B"))["myObjections"]["nodes"] == [
        {
            "status": "DISMISSED",
            "statement": "计时有误",
            "reasons": ["计时无误", "计时无误"],
            "seats": [],
            "result": {"status": "ANNOUNCED"},
        }
    ]
    node = "query($id: ID!) { node(id: $id) { id } objection(id: $id) { id } }"
    assert await gateway.ask(node, "rep-A", id=objection["id"]) == {"node": None, "objection": None}


async def test_a_page_of_rows_costs_as_many_calls_however_long_it_is(gateway: Gateway) -> None:
    shown = await judged(gateway)
    result = await announced(shown)
    rows = (
        """{{ resultRows(result: "{}", first: {}) {{ nodes {{ place organization {{ name }} entry {{ id }} }} }} }}"""
    )

    calls = [await gateway.calls_for(rows.format(result["id"], first)) for first in (1, 3)]
    assert calls[0] == calls[1]


@pytest.mark.parametrize("change", ["score", "place", "points", "digest"])
async def test_what_was_tampered_with_does_not_verify(gateway: Gateway, tmp_path: Path, change: str) -> None:
    shown = await judged(gateway)
    result = await announced(shown)
    saved = await gateway.ask(DOCUMENT, "supervisor", result=result["id"], whole=True)
    document = saved["resultDocument"]["document"]
    match change:
        case "score":
            document["rows"][0]["score"] = "91.00"
        case "place":
            document["rows"][1]["place"] = 1
        case "points":
            document["evidence"]["sheets"][0]["points"]["total"] = "70"
        case "digest":
            saved["resultDocument"]["digest"] = "0" * 64
    file = tmp_path / "result.json"
    file.write_bytes(orjson.dumps(saved))

    verified = CliRunner().invoke(cli, ["result", "verify", str(file)])

    assert verified.exit_code == 1
    assert "✗" in verified.output
