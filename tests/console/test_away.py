"""What a page shows when a service is away, or something is wrong inside: what stands, why the rest is missing, a way on."""

from __future__ import annotations

import httpx

from tests.console.answering import Answering, browsing

NOBODY_THERE = {"code": "UNAVAILABLE"}
VIEWER = {"name": "赵", "alliances": [], "organizations": [{"id": "1", "name": "学院"}], "provinces": [], "series": []}
AGENDA = {"nodes": [], "missing": [{"message": "赛事暂时不可用"}], "pageInfo": {"hasNextPage": False}}


async def test_what_stands_is_shown_and_what_is_away_is_said(client: httpx.AsyncClient, answering: Answering) -> None:
    away = {"message": "通知暂时不可用", "path": ["notices"], "extensions": NOBODY_THERE}
    answering.body = {"data": {"viewer": VIEWER, "agenda": AGENDA, "notices": None}, "errors": [away]}

    page = await client.get("/today")

    assert page.status_code == 200
    assert all(text in page.text for text in ("学院", "赛事暂时不可用", "通知暂时不可用", "没有待办事项"))


async def test_a_page_that_rests_on_what_is_away_says_so_and_leads_on(
    client: httpx.AsyncClient, answering: Answering
) -> None:
    away = {"message": "服务暂时不可用，请稍后再试。", "path": ["competitions"], "extensions": NOBODY_THERE}
    answering.body = {"data": {"competitions": None}, "errors": [away]}

    page = await client.get("/competitions?open=1")

    assert page.status_code == 503
    assert all(text in page.text for text in ("服务暂时不可用", "再试一次", 'href="/competitions?open=1"'))


async def test_a_budget_that_is_spent_is_said(client: httpx.AsyncClient, answering: Answering) -> None:
    answering.body = {"errors": [{"message": "请求额度已用完", "extensions": {"code": "BUDGET_SPENT"}}]}

    page = await client.get("/inbox")

    assert (page.status_code, "请求额度已用完" in page.text) == (429, True)


async def test_a_bug_is_a_page_with_its_number(client: httpx.AsyncClient, answering: Answering) -> None:
    answering.body = RuntimeError("secret of ours")

    page = await client.get("/today")

    assert page.status_code == 500
    assert "事件编号" in page.text and "secret of ours" not in page.text


async def test_a_command_that_cannot_be_carried_out_keeps_what_was_typed(
    client: httpx.AsyncClient, answering: Answering
) -> None:
    member = {"id": "1", "alliance": {"id": "2", "name": "联盟"}, "organization": {"name": "学院"}}
    away = {"message": "服务暂时不可用", "path": ["declineMembership"], "extensions": NOBODY_THERE}
    answering.body = {"data": {"node": member, "declineMembership": None}, "errors": [away]}

    page = await client.post(
        "/registry/memberships/1/decline_membership", data={"reason": "材料不全"}, headers={"origin": "http://hub"}
    )

    assert page.status_code == 422
    assert "服务暂时不可用" in page.text and "材料不全" in page.text


async def test_an_id_whose_service_is_away_is_not_called_unknown(
    client: httpx.AsyncClient, answering: Answering
) -> None:
    away = {"message": "服务暂时不可用", "path": ["node"], "extensions": NOBODY_THERE}
    answering.body = {"data": {"node": None}, "errors": [away]}

    page = await client.get("/go/1")

    assert (page.status_code, "服务暂时不可用" in page.text) == (503, True)


async def test_a_notice_that_could_not_be_marked_is_not_called_read(
    client: httpx.AsyncClient, answering: Answering
) -> None:
    problem = {"code": "NOT_FOUND", "field": "noticeId", "message": "没有这条通知"}
    answering.body = {"data": {"markNoticeRead": {"problems": [problem]}, "markAllRead": {"problems": [problem]}}}

    for path in ("/inbox/1/read", "/inbox/read"):
        page = await client.post(path)
        assert (page.status_code, "没有这条通知" in page.text) == (404, True), path


async def test_a_session_that_has_ended_leads_to_signing_in(answering: Answering) -> None:
    async with browsing(answering, "expired") as ended:
        page = await ended.get("/today")
        sent = [await ended.post(path) for path in ("/inbox/1/read", "/inbox/read", "/competitions/1/enter")]
        unread = await ended.get("/inbox/unread")

    assert (page.status_code, page.headers["location"]) == (303, "/sign-in?next=%2Ftoday")
    back = ["/sign-in?next=%2Finbox", "/sign-in?next=%2Finbox", "/sign-in?next=%2Fcompetitions%2F1%2Fenter"]
    assert [each.headers["location"] for each in sent] == back
    assert (unread.status_code, unread.text.strip()) == (200, "")
