"""Downloading: the same table as CSV and as XLSX, part by part; a refusal is a problem and never half a file."""

from __future__ import annotations

import asyncio
import csv
import io
from typing import Any

import pytest
from httpx import Response
from openpyxl import load_workbook

from contracts.refusals import NotAllowed
from kit.broker.bus import Unavailable
from kit.ids import new_id
from kit.wire.request import Payload, Request, refused_payload
from tests.gateway.on_events import OnEvents, global_id
from tests.services.events.competitions.competing import ORGANIZER
from tests.services.events.exports.exporting import Judged
from tests.services.events.fixtures.contesting import a_stage, scheduled


def address(gateway: OnEvents, kind: str, form: str = "csv") -> str:
    competition_id = gateway.events.ask("competitions")["nodes"][0]["id"]
    return f"/exports/{kind}/{global_id('Competition', competition_id)}.{form}"


def lines(answer: Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def sheet(answer: Response) -> list[tuple[Any, ...]]:
    assert answer.status_code == 200, answer.text
    return list(load_workbook(io.BytesIO(answer.content)).active.values)


def problem(answer: Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["code"]


async def test_entries_come_as_csv_for_excel_in_the_language_of_the_reader(gateway: OnEvents) -> None:
    a_stage(gateway.events, teams=2)

    chinese = await gateway.get(address(gateway, "entries"), ORGANIZER)
    english = await gateway.get(address(gateway, "entries"), ORGANIZER, language="en")

    head, first, second = lines(chinese)
    assert head[1:4] == ["赛道", "状态", "省级行政区划代码"] and head[9] == "报名时间（北京时间）"
    assert (first[1], first[3], first[4], first[6]) == ("男子足球", "310000", "上海市", "第0队")
    assert second[6] == "第1队"
    assert chinese.headers["content-type"] == "text/csv; charset=utf-8; header=present"
    assert chinese.headers["cache-control"] == "private, no-store"
    assert "filename*=UTF-8''%E7%8F%AD" in chinese.headers["content-disposition"]
    assert lines(english)[0][1:4] == ["Track", "Status", "Province code"]
    assert lines(english)[1][4] == "Shanghai"
    assert 'filename="Class-Teacher Skills Contest Edition 14 Entries.csv"' in english.headers["content-disposition"]


async def test_the_workbook_says_the_same_and_keeps_codes_as_text(gateway: OnEvents) -> None:
    a_stage(gateway.events, teams=2)

    as_csv = lines(await gateway.get(address(gateway, "entries"), ORGANIZER))
    answer = await gateway.get(address(gateway, "entries", "xlsx"), ORGANIZER)

    rows = sheet(answer)
    assert [list(map(str, row[:7])) for row in rows] == [row[:7] for row in as_csv]
    assert rows[1][3] == "310000"
    assert answer.headers["content-type"].endswith("spreadsheetml.sheet")
    book = load_workbook(io.BytesIO(answer.content))
    assert (book.active.freeze_panes, book.active.title) == ("A2", "报名")


async def test_what_is_public_needs_no_token(gateway: OnEvents) -> None:
    scheduled(gateway.events, teams=2, mode="groups")

    head, row = lines(await gateway.get(address(gateway, "fixtures"), language="en"))

    found = dict(zip(head, row, strict=True))
    assert (found["Fixture"], found["Status"], found["Venue"]) == ("1", "scheduled", "Pitch 1")
    assert found["Starts at (China time)"] == "2026-04-09 09:00:00"


async def test_many_rows_come_in_parts_of_a_thousand(gateway: OnEvents) -> None:
    a_stage(gateway.events, teams=1)
    rows = [["x", "=1+1", str(number)] for number in range(2_500)]
    columns = [{"zh": "甲", "en": "A", "kind": kind} for kind in ("text", "text", "number")]

    def answers(request: Request) -> Payload | None:
        if request.method != "export_rows":
            return None
        begin = int(request.arguments.get("after", "0"))
        after = str(begin + 1000) if begin + 1000 < len(rows) else None
        part = {
            "name": {"zh": "名", "en": "Name"},
            "columns": columns,
            "rows": rows[begin : begin + 1000],
            "after": after,
        }
        return {"result": part, "error": None}

    gateway.wire.instead = answers
    as_csv = lines(await gateway.get(address(gateway, "entries"), ORGANIZER))
    as_xlsx = sheet(await gateway.get(address(gateway, "entries", "xlsx"), ORGANIZER))

    assert as_csv[1:] == [["x", "'=1+1", str(number)] for number in range(2_500)]
    assert as_xlsx[1:] == [("x", "=1+1", number) for number in range(2_500)]
    asked = [request.arguments.get("after") for request in gateway.wire.asked if request.method == "export_rows"]
    assert asked == [None, "1000", "2000"] * 2


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_refusal_is_a_problem_in_the_language_of_the_caller(gateway: OnEvents, form: str) -> None:
    judged = Judged(gateway.events)

    assert problem(await gateway.get(address(gateway, "entries", form))) == (401, "SIGN_IN_REQUIRED")
    assert problem(await gateway.get(address(gateway, "entries", form), "somebody")) == (400, "NOTHING_TO_EXPORT")
    assert problem(await gateway.get(address(gateway, "scores", form), "teacher-0")) == (403, "NOT_ALLOWED")
    sealed = await gateway.get(address(gateway, "scores", form), ORGANIZER, language="en")
    assert problem(sealed) == (409, "CODES_SEALED")
    assert sealed.json()["detail"] == "The blind codes are not opened yet."
    judged.open()
    assert (await gateway.get(address(gateway, "scores", form), ORGANIZER)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "secrets/{id}.csv",
        "entries/x.csv",
        "entries/{track}.csv",
        "entries/{unknown}.csv",
        "entries/{id}.pdf",
        "../entries/{id}",
    ],
)
async def test_what_there_is_not_is_not_found(gateway: OnEvents, path: str) -> None:
    a_stage(gateway.events, teams=1)
    competition_id = gateway.events.ask("competitions")["nodes"][0]["id"]
    ids = {"id": global_id("Competition", competition_id), "track": global_id("Track", competition_id)}

    answer = await gateway.get(f"/exports/{path}".format(**ids, unknown=global_id("Competition", new_id())), ORGANIZER)

    assert answer.status_code == 404


async def test_a_service_that_is_away_or_a_token_of_no_use_is_told_before_anything_is_sent(gateway: OnEvents) -> None:
    a_stage(gateway.events, teams=1)

    def away(_request: Request) -> Payload:
        raise Unavailable("nobody serves")

    where = address(gateway, "entries")
    gateway.wire.instead = away
    assert problem(await gateway.get(where, ORGANIZER)) == (503, "UNAVAILABLE")
    gateway.wire.instead = None
    assert problem(await gateway.get(where, authorization="Basic x")) == (401, "INVALID_TOKEN")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_a_table_that_breaks_off_is_no_whole_file(gateway: OnEvents, form: str) -> None:
    a_stage(gateway.events, teams=1)
    columns = [{"zh": "甲", "en": "A", "kind": "text"}]

    def breaks_off(request: Request) -> Payload | None:
        if request.arguments.get("after"):
            return refused_payload(NotAllowed())
        part = {"name": {"zh": "名", "en": "Name"}, "columns": columns, "rows": [["x"]], "after": "1"}
        return {"result": part, "error": None} if request.method == "export_rows" else None

    where = address(gateway, "entries", form)
    gateway.wire.instead = breaks_off
    if form == "xlsx":  # written whole before anything is sent
        assert problem(await gateway.get(where, ORGANIZER)) == (403, "NOT_ALLOWED")
    else:
        with pytest.raises(Exception, match="NOT_ALLOWED"):
            await gateway.get(where, ORGANIZER)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_the_headers_alone_cost_no_table(gateway: OnEvents, form: str) -> None:
    a_stage(gateway.events, teams=1)
    where = address(gateway, "entries", form)

    answer = await gateway.client.head(where, headers={"authorization": f"Bearer {ORGANIZER}"})

    assert (answer.status_code, answer.content) == (200, b"")
    assert "filename" in answer.headers["content-disposition"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_one_person_has_few_tables_under_way_and_keeps_nobody_else_out(gateway: OnEvents, form: str) -> None:
    a_stage(gateway.events, teams=1)
    where = address(gateway, "entries", form)
    gate, waiting = asyncio.Event(), 0
    send = gateway.wire.send

    async def held_back(service: str, request: Request) -> Payload:
        nonlocal waiting
        if request.method == "export_rows" and request.context.viewer.id == ORGANIZER:
            waiting += 1
            await gate.wait()
        return await send(service, request)

    gateway.wire.send = held_back  # type: ignore[method-assign]
    many = [asyncio.create_task(gateway.get(where, ORGANIZER)) for _ in range(20)]
    done, _ = await asyncio.wait(many, return_when=asyncio.FIRST_COMPLETED)
    refused = [await each for each in done]
    somebody = await gateway.get(where, "somebody")
    gate.set()
    answers = await asyncio.gather(*many)

    assert {problem(answer) for answer in refused} == {(429, "TOO_MANY_TRANSFERS")}
    assert problem(somebody) == (400, "NOTHING_TO_EXPORT")
    assert [answer.status_code for answer in answers].count(200) == waiting == 4
    assert (await gateway.get(where, ORGANIZER)).status_code == 200
