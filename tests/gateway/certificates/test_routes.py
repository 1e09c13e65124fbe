"""Whoever holds a certificate can check it, print it and fetch its credential, until it is withdrawn: then all say so."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zxingcpp
from jwcrypto.jwk import JWK
from jwcrypto.jwt import JWT

from kit.ids import new_id
from tests.gateway.certificates.desk import HUB, Desk, desk_at, picture
from tests.gateway.certificates.test_credential import bits_set
from tests.services.events.events_hub import EventsHub

ABSENT = "2026-YRD-7K3M-9QX2-H4TC"


async def test_a_valid_certificate_is_shown_as_valid_with_what_it_says(desk: Desk) -> None:
    _, number = desk.awarded()

    page = await desk.get(f"/verify/{number}")

    assert page.status_code == 200
    for said in (
        "证书有效",
        number,
        "选手a",
        "导师a",
        "a学校",
        "班主任基本功大赛",
        "小学语文",
        "一等奖",
        "2026年3月2日",
    ):
        assert said in page.text
    assert "已撤销" not in page.text


async def test_the_page_speaks_english_to_whoever_asks_for_it(desk: Desk) -> None:
    _, number = desk.awarded()

    page = await desk.get(f"/verify/{number}", "en-GB,en;q=0.9")

    assert '<html lang="en">' in page.text
    for said in ("This certificate is valid", "First Prize", "Class-Teacher Skills Contest", "2 March 2026"):
        assert said in page.text


async def test_the_page_runs_no_script_and_is_kept_by_nobody(desk: Desk) -> None:
    _, number = desk.awarded()

    page = await desk.get(f"/verify/{number}")

    assert "<script" not in page.text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert (page.headers["cache-control"], page.headers["x-robots-tag"]) == ("no-store", "noindex")
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "Accept-Language" in page.headers["vary"]


async def test_names_cannot_bring_markup_into_the_page(desk: Desk) -> None:
    series = {"name_zh": "<script>alert(1)</script>", "name_en": "<b>"}
    _, number = desk.awarded(series=series)

    page = await desk.get(f"/verify/{number}", "en")

    assert "<script" not in page.text
    assert "&lt;script&gt;" in page.text
    assert "\u202e" not in page.text


async def test_a_withdrawn_certificate_is_shown_as_withdrawn_since_when_and_why(desk: Desk) -> None:
    stage, number = desk.awarded()
    stage.withdraw("a", ground="not_eligible", reason="内部说明，不对外。")

    page = await desk.get(f"/verify/{number}")

    assert page.status_code == 200
    for said in ("证书已撤销", "2026年3月2日", "不符合参赛资格"):
        assert said in page.text
    assert "证书有效" not in page.text
    assert "内部说明" not in page.text
    assert ".pdf" not in page.text
    assert page.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "number", [ABSENT, "x", "%00", "7" * 5000, "..%5cetc", "<script>", "2026-YRD-7K3M-9QX2-H4TD", "证书"]
)
async def test_an_unknown_number_is_answered_by_a_page_that_does_not_repeat_it(desk: Desk, number: str) -> None:
    page = await desk.get(f"/verify/{number}")

    assert page.status_code == 404
    assert "没有此证书" in page.text
    assert "<script>" not in page.text and "H4T" not in page.text


async def test_what_can_be_no_number_costs_no_call(desk: Desk) -> None:
    before = desk.wire.calls

    for path in ("/verify/x", "/credentials/x", "/certificates/x.pdf", "/credentials/status/x"):
        assert (await desk.get(path)).status_code == 404

    assert desk.wire.calls == before


async def test_a_number_is_found_as_people_write_it(desk: Desk) -> None:
    _, number = desk.awarded()

    page = await desk.get(f"/verify/{number.lower().replace('-', ' ')}")

    assert number in page.text


async def test_a_number_can_be_typed_into_a_form(desk: Desk) -> None:
    _, number = desk.awarded()

    form = await desk.get("/verify")
    sent = await desk.get(f"/verify?number={number.lower()}")
    wrong = await desk.get("/verify?number=x")

    assert (form.status_code, sent.status_code, wrong.status_code) == (200, 303, 404)
    assert '<form method="get" action="/verify">' in form.text
    assert sent.headers["location"] == f"/verify/{number}"


async def test_the_pdf_is_of_the_certificate_and_its_code_leads_to_the_check(desk: Desk) -> None:
    _, number = desk.awarded()

    answer = await desk.get(f"/certificates/{number}.pdf")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["content-disposition"] == f'inline; filename="{number}.pdf"'
    [code] = zxingcpp.read_barcodes(picture(answer.content))
    assert code.text == f"{HUB}/verify/{number}"
    assert (await desk.get(code.text)).status_code == 200


async def test_the_pdf_of_a_withdrawn_certificate_is_gone(desk: Desk) -> None:
    stage, number = desk.awarded()
    assert (await desk.get(f"/certificates/{number}.pdf")).status_code == 200
    stage.withdraw("a")

    answer = await desk.get(f"/certificates/{number}.pdf")

    assert (answer.status_code, answer.headers["content-type"]) == (410, "text/html; charset=utf-8")
    assert "证书已撤销" in answer.text


async def test_without_a_font_the_page_says_that_it_cannot_be_printed_now(
    events: EventsHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB_FONT", "/nowhere/song.ttc")
    async with desk_at(events) as desk:
        _, number = desk.awarded()

        assert (await desk.get(f"/certificates/{number}.pdf")).status_code == 503
        assert (await desk.get(f"/verify/{number}")).status_code == 200


async def test_a_credential_verifies_by_the_key_that_it_names(desk: Desk) -> None:
    _, number = desk.awarded()

    answer = await desk.get(f"/credentials/{number}")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/vc+jwt")
    token = JWT()
    token.deserialize(answer.text)
    key = await desk.json(json.loads(token.token.objects["protected"])["kid"])
    said = json.loads(JWT(jwt=answer.text, key=JWK(**key), algs=["RS256"]).claims)
    assert said["id"] == f"{HUB}/credentials/{number}"
    assert said["validFrom"] == "2026-03-02T01:00:00Z"
    assert (await desk.json(said["issuer"]["id"]))["id"] == said["issuer"]["id"]
    assert key in (await desk.json("/.well-known/jwks.json"))["keys"]


async def test_the_status_list_flips_the_bit_of_a_credential_when_its_award_is_withdrawn(desk: Desk) -> None:
    stage, number = desk.awarded()
    status = (await _claims(desk, f"/credentials/{number}"))["credentialStatus"]
    before = await _revoked(desk, status["statusListCredential"])

    stage.withdraw("a")

    place = int(status["statusListIndex"])
    after = await _revoked(desk, status["statusListCredential"])
    assert (place in before, place in after) == (False, True)
    assert len(after) == 2  # with the award of the adviser
    assert (await _claims(desk, f"/credentials/{number}"))["credentialStatus"] == status


async def test_what_is_signed_never_names_the_host_that_was_asked(desk: Desk) -> None:
    _, number = desk.awarded()

    answer = await desk.get(f"/credentials/{number}", host="evil", **{"x-forwarded-host": "evil.example"})

    token = JWT()
    token.deserialize(answer.text)
    assert "evil" not in answer.text and b"evil" not in token.token.objects["payload"]


async def test_there_is_no_credential_status_list_or_key_of_what_is_not_there(desk: Desk) -> None:
    for path in (f"/credentials/{ABSENT}", f"/credentials/status/{new_id()}", "/credentials/keys/x"):
        assert (await desk.get(path)).status_code == 404


async def test_while_events_is_away_the_page_says_so(desk: Desk) -> None:
    _, number = desk.awarded()
    desk.wire.down = True

    for path in (f"/verify/{number}", f"/certificates/{number}.pdf", f"/credentials/{number}"):
        page = await desk.get(path)
        assert (page.status_code, "暂时无法查验" in page.text) == (503, True)


async def test_many_who_print_at_once_are_all_served(desk: Desk) -> None:
    stage, number = desk.awarded()
    other = stage.award("b")["number"]
    paths = [f"/certificates/{each}.pdf" for each in (number, other)] * 3

    answers = await asyncio.gather(*map(desk.get, paths))

    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.content for answer in answers}) == 2


async def test_more_who_print_than_may_wait_are_told_to_come_back(
    events: EventsHub, font: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("HUB_FONT", str(font)), ("HUB_TRANSFERS_ADDRESS", "3")):
        monkeypatch.setenv(name, value)
    async with desk_at(events) as desk:
        _, number = desk.awarded()
        many = await asyncio.gather(*[desk.get(f"/certificates/{number}.pdf") for _ in range(12)])
        refused = [answer for answer in many if answer.status_code != 200]

        assert len(refused) == 9
        assert {(answer.status_code, answer.headers["retry-after"]) for answer in refused} == {(503, "5")}
        assert "暂时无法查验" in refused[0].text
        assert (await desk.get(f"/certificates/{number}.pdf")).status_code == 200


async def test_the_certificate_is_dated_by_the_day_in_china(desk: Desk) -> None:
    desk.events.clock.move_to(datetime(2026, 3, 31, 16, 30, tzinfo=UTC))
    _, number = desk.awarded()

    assert "2026年4月1日" in (await desk.get(f"/verify/{number}")).text


async def _claims(desk: Desk, path: str) -> dict[str, object]:
    """What a signed credential says, after its signature was checked."""
    [key] = (await desk.json("/.well-known/jwks.json"))["keys"]
    token = JWT(jwt=(await desk.get(path)).text, key=JWK(**key), algs=["RS256"])
    claims: dict[str, object] = json.loads(token.claims)
    return claims


async def _revoked(desk: Desk, address: str) -> set[int]:
    subject = (await _claims(desk, address))["credentialSubject"]
    assert isinstance(subject, dict)
    return bits_set(subject["encodedList"])
