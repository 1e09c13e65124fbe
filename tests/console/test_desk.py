"""The desk of a competition: closed to others, and what stands is shown though a count is away."""

from __future__ import annotations

from typing import Any

import httpx

from tests.console.answering import Answering

AT = "2026-05-01T00:00:00+00:00"
COUNT = {"entered": 3, "offered": 0, "waiting": 1, "ended": 0}
FOUND: dict[str, Any] = {
    "id": "1",
    "name": "<b>杯",
    "status": "PUBLISHED",
    "opensAt": AT,
    "closesAt": AT,
    "series": {"name": "系列"},
    "tracks": [
        {"id": "2", "name": "组", "quotas": [{"province": {"name": "浙江省"}, "places": 5, "taken": 3, "free": 2}]}
    ],
    "phases": [],
    "actions": [],
}
COUNTS = {
    "provinces": [{**COUNT, "region": {"code": "330000", "name": "浙江省"}}],
    "institutions": [{**COUNT, "organization": None}],
    "days": [{**COUNT, "day": "2026-05-01"}],
}


async def test_the_map_is_shown_though_a_count_is_away(client: httpx.AsyncClient, answering: Answering) -> None:
    away = {"message": "单位暂时不可用", "path": ["institutions"], "extensions": {"code": "UNAVAILABLE"}}
    answering.body = {"data": {"competition": FOUND, **COUNTS, "institutions": None}, "errors": [away]}

    page = await client.get("/competitions/1/desk")

    assert page.status_code == 200
    assert all(text in page.text for text in ("杭州: 3", "单位暂时不可用", "2026-05-01", "&lt;b&gt;杯"))


async def test_the_desk_is_closed_to_others(client: httpx.AsyncClient, answering: Answering) -> None:
    refused = {"message": "无权查看", "path": ["provinces"], "extensions": {"code": "NOT_ALLOWED"}}
    answering.body = {"data": {"competition": FOUND, **COUNTS, "provinces": None}, "errors": [refused]}

    assert (await client.get("/competitions/1/desk")).status_code == 403
