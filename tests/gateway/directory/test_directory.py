"""The public directory: each alliance with its members of a day, as a page and as data, and nothing that is not public."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from gateway.graph.relay import to_global_id
from tests.gateway.on_alliances import HUB, OnAlliances
from tests.names.table import REAL

HOSTILE = "</script><script>alert(1)</script>\"'>&amp;"


def path(alliance: dict[str, Any]) -> str:
    return f"/alliances/{to_global_id('Alliance', alliance['id'])}"


def data_in(html: str) -> Any:
    """The JSON-LD that stands in a page."""
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(found)


def headings(html: str) -> list[str]:
    """The classes and provinces of the members, in the order of the page."""
    return [unescape(text) for text in re.findall(r"<h[34]>(.*?)</h[34]>", html)][2:]


async def test_members_stand_under_their_class_and_province_the_highest_class_first(directory: OnAlliances) -> None:
    hub = directory.alliances
    alliance = hub.alliance(name_zh="长三角新媒体教育联盟", name_en="New Media Alliance", regions=["310000", "340000"])
    names = {"340000": "member", "310115": "chair", "341000": "member", "330106": "council"}
    for number, (region, code) in enumerate(names.items()):
        member = hub.member(alliance, region=region, name_zh=f"第{number}学院", name_en=f"College {number}")
        if code != "member":
            hub.ask("set_member_class", membership_id=member["id"], member_class=code, since="2026-03-02")

    page = await directory.get(path(alliance))
    english = await directory.get(f"{path(alliance)}?lang=en")

    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert headings(page.text) == ["理事长单位", "上海市", "理事单位", "浙江省", "成员单位", "安徽省"]
    assert headings(english.text)[:2] == ["Chair Unit", "Shanghai"]
    assert '<html lang="zh-CN">' in page.text and '<html lang="en">' in english.text
    for said in ("长三角新媒体教育联盟", "成员单位 4", "第2学院", "黄山市", "加入日期 2026-03-02", "上海市、安徽省"):
        assert said in page.text
    assert "<h1>New Media Alliance</h1>" in english.text


async def test_a_page_follows_the_header_and_an_address_that_names_a_language_is_stronger(
    directory: OnAlliances,
) -> None:
    address = path(directory.alliances.alliance())

    for language, query, lang in (
        ("en", "", "en"),
        ("zh-CN", "", "zh-CN"),
        ("en", "?lang=zh-CN", "zh-CN"),
        ("fr", "", "zh-CN"),
    ):
        assert f'<html lang="{lang}">' in (await directory.get(address + query, language)).text


async def test_the_same_address_gives_the_alliance_as_data(directory: OnAlliances) -> None:
    hub = directory.alliances
    parent = hub.alliance(name_zh="总联盟", name_en="The Whole")
    alliance = hub.alliance(name_zh="分联盟", name_en="The Part", founded_on="2019-05-22", regions=["310000"])
    hub.ask("link_alliance", alliance_id=alliance["id"], parent_id=parent["id"], reason="章程")
    hub.member(alliance, name_zh="衢州学院", name_en="Quzhou University")

    answer = await directory.get(path(alliance), accept="application/ld+json")
    shown = await directory.get(path(alliance), accept="text/html,application/ld+json;q=0.5")
    above = (await directory.get(path(parent), accept="application/json")).json()

    assert answer.headers["content-type"] == "application/ld+json"
    data = answer.json()
    assert data == data_in(shown.text)
    assert (data["@context"], data["@type"], data["@id"]) == (
        "https://schema.org",
        "Organization",
        HUB + path(alliance),
    )
    assert data["name"] == [{"@value": "分联盟", "@language": "zh-CN"}, {"@value": "The Part", "@language": "en"}]
    assert (data["foundingDate"], data["parentOrganization"]["@id"]) == ("2019-05-22", HUB + path(parent))
    assert [part["url"] for part in above["subOrganization"]] == [HUB + path(alliance)]
    [member] = data["member"]
    assert (member["startDate"], member["member"]["name"][0]["@value"]) == ("2026-03-02", "衢州学院")


async def test_nothing_that_is_not_public_comes_into_a_page(directory: OnAlliances) -> None:
    hub = directory.alliances
    alliance = hub.alliance()
    for number, step in enumerate(("suspend_member", "expel_member")):
        gone = hub.member(alliance, name_zh=f"不公开{number}")
        hub.ask(step, membership_id=gone["id"], reason="内部原因")
    applied = hub.organization(name_zh="不公开申请")
    hub.ask("apply_for_membership", alliance_id=alliance["id"], organization_id=applied["id"], statement="不公开陈述")

    for headers in ({}, {"accept": "application/ld+json"}, {"authorization": "Bearer hub-office"}):
        answer = await directory.get(path(alliance), **headers)
        assert answer.status_code == 200
        assert "不公开" not in answer.text and "内部原因" not in answer.text


@pytest.mark.parametrize("name", [HOSTILE, REAL["Uyghur"], REAL["extension I"], REAL["a picture of several"]])
async def test_names_are_shown_as_they_are_and_never_as_markup(directory: OnAlliances, name: str) -> None:
    hub = directory.alliances
    alliance = hub.alliance(name_zh=name, name_en=name, industry=name)
    hub.ask("change_alliance", alliance_id=alliance["id"], text_zh=name, website='https://x.cn/"><script>')
    hub.member(alliance, name_zh=name, name_en=name)

    for address in (path(alliance), "/alliances"):
        page = (await directory.get(address)).text
        assert name in unescape(page)
        assert page.count("<script") == page.count('<script type="application/ld+json">') == page.count("</script>")
    data = (await directory.get(path(alliance), accept="application/ld+json")).json()
    assert data["name"][0]["@value"] == name == data["member"][0]["member"]["name"][0]["@value"]


async def test_whoever_has_the_page_is_not_sent_it_again_until_something_changes(directory: OnAlliances) -> None:
    hub = directory.alliances
    alliance = hub.alliance()
    first = await directory.get(path(alliance))

    again = await directory.get(path(alliance), if_none_match=first.headers["etag"])
    other = await directory.get(path(alliance), "en", if_none_match=first.headers["etag"])
    hub.member(alliance)
    changed = await directory.get(path(alliance), if_none_match=first.headers["etag"])

    assert (again.status_code, again.content, other.status_code, changed.status_code) == (304, b"", 200, 200)
    assert first.headers["cache-control"] == "public, max-age=60"
    assert first.headers["vary"].startswith("Accept, Accept-Language")
    assert again.headers["etag"] == first.headers["etag"] != changed.headers["etag"]


async def test_a_browser_may_run_and_load_nothing(directory: OnAlliances) -> None:
    page = await directory.get(path(directory.alliances.alliance()))

    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-") and "unsafe" not in policy
    assert (
        "script-src" not in policy and " style=" not in page.text and " on" not in re.sub(r">[^<]*<", "><", page.text)
    )


async def test_the_members_of_a_day_a_class_or_a_province_have_an_address(directory: OnAlliances) -> None:
    hub = directory.alliances
    alliance = hub.alliance()
    gone = hub.member(alliance, name_zh="早退学院")
    southern = hub.member(alliance, name_zh="浙江学院", region="330106")
    hub.ask("set_member_class", membership_id=southern["id"], member_class="council", since="2026-03-02")
    hub.clock.advance(timedelta(days=3))
    hub.ask("withdraw_member", membership_id=gone["id"], reason="合并")

    now, before = await directory.get(path(alliance)), await directory.get(f"{path(alliance)}?on=2026-03-04")
    links = [unescape(each) for each in re.findall(r'href="([^"]*)"', before.text)]

    assert "早退学院" not in now.text and "早退学院" in before.text
    [of_class] = [each for each in links if "class=council" in each]
    [of_province] = [each for each in links if "region=340000" in each]
    assert "on=2026-03-04" in of_class
    assert "早退学院" not in (await directory.get(of_class)).text
    assert (
        "浙江学院" not in (await directory.get(of_province)).text
        and "早退学院" in (await directory.get(of_province)).text
    )
    [table] = [unescape(each) for each in re.findall(r'href="([^"]*\.csv)"', now.text)]
    assert "浙江学院" in (await directory.get(table)).text


async def test_many_members_come_in_pages(directory: OnAlliances, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.directory.routes.PAGE", 3)
    hub = directory.alliances
    alliance = hub.alliance()
    for number in range(7):
        hub.member(alliance, name_zh=f"第{number}学院", region=("340000", "310115")[number % 2])

    address: str | None = path(alliance)
    seen: list[str] = []
    while address:
        page = (await directory.get(address)).text
        seen += re.findall(r"第\d学院", re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL))
        further = re.findall(r'href="([^"]*)" rel="next"', page)
        address = unescape(further[0]) if further else None

    assert seen == [f"第{number}学院" for number in (1, 3, 5, 0, 2, 4, 6)]


async def test_the_list_leads_to_every_alliance_and_finds_by_a_part_of_a_name(directory: OnAlliances) -> None:
    hub = directory.alliances
    media, rail = (
        hub.alliance(name_zh="新媒体联盟", name_en="Media"),
        hub.alliance(name_zh="轨道交通联盟", name_en="Rail"),
    )

    every, found = await directory.get("/alliances"), await directory.get("/alliances?search=媒体")

    assert path(media) in every.text and path(rail) in every.text
    assert path(media) in found.text and path(rail) not in found.text
    assert 'value="媒体"' in found.text
    assert f'href="{path(media)}?lang=en"' in (await directory.get("/alliances?lang=en")).text


@pytest.mark.parametrize(
    "id_",
    [
        "x",
        "QWxsaWFuY2U6eA==",
        "%00",
        "x" * 5000,
        "<script>",
        to_global_id("Alliance", "0190d1a0-0000-7000-8000-000000000000"),
    ],
)
async def test_what_is_not_there_is_a_page_that_says_so(directory: OnAlliances, id_: str) -> None:
    page = await directory.get(f"/alliances/{id_}")

    assert (page.status_code, page.headers["cache-control"]) == (404, "no-store")
    assert "没有这个联盟" in page.text and "<script" not in page.text


@pytest.mark.parametrize("query", ["on=x", "on=9999-99-99", "after=x", "region=x", "class=" + "x" * 99, "on=<script>"])
async def test_what_cannot_be_asked_is_a_page_that_says_so(directory: OnAlliances, query: str) -> None:
    page = await directory.get(f"{path(directory.alliances.alliance())}?{query}")

    assert page.status_code == 400
    assert "查询条件有误" in page.text and "<script" not in page.text


async def test_while_alliances_is_away_the_page_says_so(directory: OnAlliances) -> None:
    address = path(directory.alliances.alliance())
    directory.wire.down = True

    page = await directory.get(address, "en")

    assert (page.status_code, page.headers["retry-after"]) == (503, "5")
    assert "cannot be shown at the moment" in page.text


async def test_a_page_takes_as_many_calls_for_many_members_as_for_one(directory: OnAlliances) -> None:
    hub, taken = directory.alliances, []
    alliance = hub.alliance()
    for more in (1, 4):
        for _ in range(more):
            hub.member(alliance)
        directory.wire.sent.clear()
        with hub.statements() as sent:
            await directory.get(path(alliance))
        taken.append((len(directory.wire.sent), len(sent)))

    assert taken[0] == taken[1]
    assert taken[0][0] <= 4
