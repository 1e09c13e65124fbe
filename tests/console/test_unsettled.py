"""A command of which nobody knows what came: its form says so, and however often it is sent again, it is done once."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.console.answering import Answering
from tests.console.browsing import Page

PATH = "/registry/memberships/1/decline_membership"
MEMBER = {"id": "1", "alliance": {"id": "2", "name": "联盟"}, "organization": {"name": "学院"}}
NOT_KNOWN, NOT_DONE = "尚不清楚是否已经办理", "未能办理"


def away(code: str, node: Any = MEMBER) -> dict[str, Any]:
    errors = [
        {"message": "暂时不可用", "path": [part], "extensions": {"code": code}}
        for part in ("node", "declineMembership")
    ]
    return {"data": {"node": node, "declineMembership": None}, "errors": errors}


def refused(code: str, field: str | None = None) -> dict[str, Any]:
    problem = {"code": code, "field": field, "message": "须说明理由"}
    return {"data": {"node": MEMBER, "declineMembership": {"problems": [problem]}}}


@pytest.mark.parametrize(
    "body",
    [away("UNAVAILABLE"), away("TIMEOUT"), away("INTERNAL"), refused("STILL_RUNNING")],
    ids=["away", "late", "bug", "still running"],
)
async def test_a_form_of_which_nobody_knows_keeps_its_key(
    client: httpx.AsyncClient, answering: Answering, body: dict[str, Any]
) -> None:
    answering.body = body
    first = Page((await client.post(PATH, data={"key": "the first", "reason": "不全"})).text)
    second = Page((await client.post(PATH, data=first.form(PATH))).text)

    assert NOT_KNOWN in first.text and NOT_KNOWN in second.text
    assert NOT_DONE not in first.text
    assert answering.keys() == ["the first", "the first"]


@pytest.mark.parametrize("body", [away("NOT_ALLOWED"), refused("REQUIRED", "reason")], ids=["not allowed", "required"])
async def test_a_form_that_was_refused_gets_another_key(
    client: httpx.AsyncClient, answering: Answering, body: dict[str, Any]
) -> None:
    answering.body = body
    page = Page((await client.post(PATH, data={"key": "the first"})).text)

    assert page.form(PATH)["key"] not in ("", "the first")
    assert NOT_KNOWN not in page.text


@pytest.mark.parametrize("body", [away("UNAVAILABLE", node=None), RuntimeError("wrong inside")], ids=["away", "bug"])
async def test_where_the_form_is_away_too_it_can_be_sent_again_as_it_was(
    client: httpx.AsyncClient, answering: Answering, body: dict[str, Any] | Exception
) -> None:
    answering.body = body
    page = Page((await client.post(PATH, data={"key": "the first", "reason": "<不全>"})).text)

    assert NOT_KNOWN in page.text
    assert page.form(PATH) == {"key": "the first", "reason": "<不全>"}


async def test_of_several_forms_only_the_one_that_was_sent_keeps_its_key(
    client: httpx.AsyncClient, answering: Answering
) -> None:
    me = {
        "viewer": {"id": "me"},
        "me": {"id": "1", "affiliations": []},
        "personExports": {"nodes": []},
        "mySightings": {"nodes": []},
    }
    errors = [{"message": "暂时不可用", "path": ["updateMe"], "extensions": {"code": "UNAVAILABLE"}}]
    contact = {"address": "a@example.org", "confirmed": False, "locale": "ZH_CN", "wantsEmail": True}
    answering.body = {"data": {**me, "myContact": contact, "updateMe": None}, "errors": errors}
    page = Page((await client.post("/me/name", data={"key": "the first", "nameZh": "王"})).text)
    others = [page.form(each)["key"] for each in ("/me/contact", "/me/confirm", "/me/resend", "/me/export")]

    assert NOT_KNOWN in page.text
    assert page.form("/me/name")["key"] == "the first"
    assert len({"the first", *others}) == 5
