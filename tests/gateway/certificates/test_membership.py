"""Certificates of membership: printed letter by letter in both languages, and checked by whoever has the number."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
import zxingcpp
from httpx import Response

from contracts.authority import Role, Scope
from contracts.certificate_numbers import OF_MEMBERSHIP, letters_of
from contracts.names import is_unseen
from gateway.certificates.membership import STATES, paper_of_membership
from gateway.certificates.page import page
from gateway.certificates.pdf import certificate_pdf
from kit.fonts.settings import FontSettings
from tests.gateway.certificates.desk import Desk, first_page, picture
from tests.gateway.certificates.test_pdf import boxes
from tests.gateway.on_alliances import HUB, OnAlliances, on_alliances
from tests.names.table import REAL
from tests.services.alliances.alliances_hub import AlliancesHub
from tests.services.alliances.merging.mergers.merging import merge

NUMBER = "2026-MEM-7K3M-9QX2-H4TC"
TERM = ("任期", "Term", "2026年3月2日至2028年12月31日", "2 March 2026–31 December 2028")


@pytest.fixture(scope="module")
def _running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AlliancesHub]:
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("HUB_HOME", str(tmp_path_factory.mktemp("membership")))
        hub = AlliancesHub()
    yield hub
    hub.stop()


@pytest_asyncio.fixture
async def door(
    _running: AlliancesHub, home: Path, fonts: FontSettings, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[OnAlliances]:
    monkeypatch.setenv("HUB_PUBLIC_URL", HUB)
    monkeypatch.setenv("HUB_FONT", str(fonts.first))
    _running.begin()
    async with on_alliances(_running) as door:
        yield door


def certified(hub: AlliancesHub, **facts: Any) -> tuple[dict[str, Any], str]:
    """A member of the media alliance, and the number of its certificate."""
    alliance = hub.alliance(name_zh="长三角新媒体教育联盟", name_en="Yangtze Delta New Media Alliance")
    member = hub.member(alliance, **{"name_zh": "衢州职业技术学院", "name_en": "Quzhou College of Technology", **facts})
    return member, number_of(hub, member)


def number_of(hub: AlliancesHub, member: dict[str, Any]) -> str:
    return str(hub.ask("issue_membership_certificate", membership_id=member["id"], unprinted=True)["number"])


def text_of(answer: Response) -> str:
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return str(first_page(answer.content).get_textpage().get_text_range())


async def test_it_is_printed_in_both_languages_and_its_code_leads_to_the_check(door: OnAlliances) -> None:
    hub = door.alliances
    member, _ = certified(hub)
    hub.ask("renew_membership", membership_id=member["id"], until="2028-12-31")
    hub.ask("set_member_class", membership_id=member["id"], member_class="council", since="2026-03-02")
    number = number_of(hub, member)

    answer = await door.get(f"/certificates/{number}.pdf")

    said = text_of(answer)
    for part in (
        *("成员证书", "CERTIFICATE OF MEMBERSHIP", "衢州职业技术学院", "Quzhou College of Technology", "理事单位"),
        *("自2026年3月2日起加入长三角新媒体教育联盟，为该联盟", "Council Unit", number, *TERM),
        *("of Yangtze Delta New Media Alliance, a member since 2 March 2026", "2026年3月2日", f"{HUB}/verify/{number}"),
    ):
        assert part in said, part
    assert answer.headers["content-disposition"] == f'inline; filename="{number}.pdf"'
    [code] = zxingcpp.read_barcodes(picture(answer.content))
    checked = await door.get(code.text)
    assert (checked.status_code, checked.headers["cache-control"]) == (200, "no-store")
    for part in ("证书有效", "衢州职业技术学院", "理事单位", "是该联盟成员", "2026年3月2日至2028年12月31日"):
        assert part in checked.text
    assert "/credentials/" not in checked.text and "<script" not in checked.text
    english = (await door.get(code.text, "en")).text
    for part in ("This certificate is valid", "Council Unit", "It is a member of the alliance", "31 December 2028"):
        assert part in english


async def test_the_check_says_what_holds_today_and_only_what_holds_is_printed(door: OnAlliances) -> None:
    hub = door.alliances
    member, number = certified(hub)

    async def seen(status: int, *said: str) -> None:
        checked, printed = await door.get(f"/verify/{number}"), await door.get(f"/certificates/{number}.pdf")
        assert (checked.status_code, printed.status_code) == (200, status)
        assert all(each in checked.text for each in said), checked.text
        assert "内部原因" not in checked.text
        assert (".pdf" in checked.text) == (status == 200)

    async def step(method: str, status: int, *said: str, **why: str) -> None:
        hub.clock.advance(timedelta(days=1))
        hub.ask(method, membership_id=member["id"], **why)
        await seen(status, *said)

    await seen(200, "证书有效", "是该联盟成员")
    await step("suspend_member", 409, "资格现已暂停", "自2026年3月3日起暂停", reason="内部原因")
    await step("resume_member", 200, "证书有效")
    await step("withdraw_member", 410, "资格现已终止", "曾为成员，至2026年3月5日", reason="内部原因")
    assert "It was a member until 5 March 2026" in (await door.get(f"/verify/{number}", "en")).text


async def test_a_renamed_body_is_shown_with_both_names_and_a_new_certificate_replaces_the_old(
    door: OnAlliances,
) -> None:
    hub = door.alliances
    member, number = certified(hub)
    named = {"name_zh": "衢州大学", "name_en": "University of Quzhou", "since": "2026-03-02", "reason": "更名"}
    hub.ask("rename_organization", organization_id=member["organization_id"], **named)

    checked = (await door.get(f"/verify/{number}")).text
    newer = number_of(hub, member)

    assert all(each in checked for each in ("证书有效", "衢州职业技术学院", "单位现名", "衢州大学"))
    replaced = await door.get(f"/verify/{number}")
    assert "证书已换发" in replaced.text and newer not in replaced.text
    assert (await door.get(f"/certificates/{number}.pdf")).status_code == 410
    assert "衢州大学" in text_of(await door.get(f"/certificates/{newer}.pdf"))


async def test_a_merged_body_is_shown_with_the_one_that_goes_on(door: OnAlliances) -> None:
    hub = door.alliances
    member, number = certified(hub)

    merge(hub, hub.organization(name_zh="衢州大学"), {"id": member["organization_id"]})

    checked = (await door.get(f"/verify/{number}")).text
    assert all(each in checked for each in ("证书有效", "衢州职业技术学院", "已并入", "衢州大学"))


async def test_a_withdrawn_certificate_says_so_and_not_why(door: OnAlliances) -> None:
    hub = door.alliances
    member, number = certified(hub)
    [certificate] = hub.ask("membership_certificates", membership_id=member["id"])["nodes"]
    hub.ask("withdraw_membership_certificate", certificate_id=certificate["id"], reason="内部原因")

    checked = await door.get(f"/verify/{number}")

    assert "证书已撤销" in checked.text and "撤销日期" in checked.text and "内部原因" not in checked.text
    assert (await door.get(f"/certificates/{number}.pdf")).status_code == 410


async def test_there_is_no_credential_of_an_organisation_and_no_certificate_of_an_unknown_number(
    door: OnAlliances,
) -> None:
    _, number = certified(door.alliances)
    assert (await door.get(f"/credentials/{number}")).status_code == 404
    assert (await door.get("/verify/2026-MEM-0000-0000-0000")).status_code == 404
    door.wire.down = True
    away = await door.get(f"/verify/{number}")
    assert (away.status_code, away.headers["retry-after"]) == (503, "5")


async def test_rare_and_shaped_names_are_printed_letter_by_letter(door: OnAlliances) -> None:
    kinds = ("extension C", "extension H", "Uyghur", "Tibetan", "an ideographic variation")
    names = [f"{REAL[kind]}学院" for kind in kinds]
    _, number = certified(door.alliances, name_zh="、".join(names), name_en=REAL["Polish"])

    read = shown("".join(text_of(await door.get(f"/certificates/{number}.pdf")).split()))

    assert [name for name in (*names, "Łukasz", "Żak") if shown(name) not in read] == []
    checked = (await door.get(f"/verify/{number}")).text
    assert [name for name in names if name not in checked] == []


async def test_a_name_that_no_font_has_is_told_of_and_never_an_error(door: OnAlliances) -> None:
    _, number = certified(door.alliances, name_zh=f"{REAL['extension I']}学院")

    answer, checked = await door.get(f"/certificates/{number}.pdf"), await door.get(f"/verify/{number}")

    assert (answer.status_code, checked.status_code) == (409, 200)
    assert "暂不能打印" in answer.text and "U+2EBF0" in answer.text
    assert REAL["extension I"] in checked.text


async def test_names_cannot_bring_markup_into_the_check(door: OnAlliances) -> None:
    _, number = certified(door.alliances, name_zh="<script>alert(1)</script>", name_en='"><b>')

    page = await door.get(f"/verify/{number}", "en")

    assert "<script" not in page.text and "<b>" not in page.text and "&lt;script&gt;" in page.text


async def test_both_sides_reach_it_from_the_graph(door: OnAlliances) -> None:
    hub = door.alliances
    member, number = certified(hub)
    own = "of-quzhou"
    hub.appoint(own, Role.REPRESENTATIVE, Scope.organization(member["organization_id"]))
    listed = "query($id: ID!) { membershipCertificates(membership: $id) { nodes { number status pdfUrl verifyUrl } } }"
    check = """query($number: String!) { checkMembershipCertificate(number: $number) {
      standing status merged certificate { number reason organizationName { zh } } today { allianceName { en } } } }"""
    membership = await door.graph("{ myMemberships { nodes { id } } }", own)

    found = await door.graph(listed, own, id=membership["myMemberships"]["nodes"][0]["id"])
    checked = (await door.graph(check, number=number))["checkMembershipCertificate"]

    [node] = found["membershipCertificates"]["nodes"]
    assert node == {
        "number": number,
        "status": "ISSUED",
        "pdfUrl": f"{HUB}/certificates/{number}.pdf",
        "verifyUrl": f"{HUB}/verify/{number}",
    }
    assert (checked["standing"], checked["status"], checked["merged"]) == ("HOLDS", "MEMBER", False)
    assert checked["certificate"] == {"number": number, "reason": "", "organizationName": {"zh": "衢州职业技术学院"}}
    assert checked["today"]["allianceName"]["en"] == "Yangtze Delta New Media Alliance"


async def test_an_award_whose_rules_chose_the_same_letters_is_found_all_the_same(desk: Desk) -> None:
    _, number = desk.awarded(certificate_letters=OF_MEMBERSHIP)

    assert letters_of(number) == OF_MEMBERSHIP
    assert "证书有效" in (await desk.get(f"/verify/{number}")).text


@pytest.mark.parametrize("standing", STATES)
def test_every_standing_has_its_page_in_both_languages(standing: str) -> None:
    paper = paper_of_membership(said(standing=standing))

    assert paper.state in page(paper.state, "zh-CN", paper)
    assert "成员单位" in page(paper.state, "zh-CN", paper) and "Member" in page(paper.state, "en", paper)


def test_long_names_stay_within_the_frame_and_over_nothing(fonts: FontSettings) -> None:
    long = {"zh": "长三角" * 33, "en": "University of Applied Sciences " * 6}
    paper = paper_of_membership(said(organization=long, alliance=long, member_class={"zh": "理" * 30, "en": "C" * 60}))

    lines = boxes(first_page(certificate_pdf(paper.lines, address=f"{HUB}/verify/{NUMBER}", fonts=fonts)))

    for one, other in combinations(lines, 2):
        across = min(one[2], other[2]) - max(one[0], other[0])
        down = min(one[3], other[3]) - max(one[1], other[1])
        assert across <= 0 or down <= 1.5, (one, other)


def said(standing: str = "holds", **changed: Any) -> dict[str, Any]:
    """What the service says of a certificate."""
    facts = {
        "alliance": {"zh": "长三角新媒体教育联盟", "en": "Media Alliance"},
        "organization": {"zh": "衢州职业技术学院", "en": "Quzhou College"},
        "member_class": {"zh": "理事单位", "en": "Council Unit"},
        "joined_on": "2026-03-02",
        "since": "2026-03-02",
        "until": "2028-12-31",
        **changed,
    }
    return {
        "certificate": {**facts, "number": NUMBER, "issued_at": "2026-03-02T01:00:00+00:00", "ended_at": None},
        "standing": standing,
        "status": "member",
        "status_since": "2026-03-02",
        "merged": False,
        "organization_closed_on": None,
        "alliance_stage": "active",
        "alliance_stage_since": None,
        "today": facts,
    }


def shown(text: str) -> str:
    """Without joiners and selectors, which readers of long lines leave out."""
    return "".join(letter for letter in text if not is_unseen(letter))
