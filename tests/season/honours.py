"""Honours: awards by the rules, certificates that anybody can check, and one award that is withdrawn."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import pypdfium2
import zxingcpp
from jwcrypto import jwk, jws

from tests.handbook.stage import Play
from tests.season.cast import ORGANIZER, SUPERVISOR
from tests.season.edition import Edition
from tests.season.judging import sign


def grant(play: Play, edition: Edition, stages: list[str]) -> list[dict[str, Any]]:
    """Prizes of the final stages, then awards for institutions; all awards that stand."""
    for stage in stages:
        play.do("GrantAwards", ORGANIZER, stageId=stage)
    play.do("GrantOrganizationAwards", ORGANIZER, competitionId=edition.id)
    awards = play.pages("Awards", ORGANIZER, competition=edition.id)
    table = play.ask("AwardTable", "", competition=edition.id, by="PROVINCE")
    assert {row["province"]["code"] for row in table} <= {"310000", "320000", "330000", "340000"}
    return awards


def check(play: Play, award: dict[str, Any]) -> str:
    """The certificate's PDF, QR code, verification page and signed credential agree; returns its number."""
    number: str = award["certificate"]["number"]
    facts = play.ask("Certificate", "", number=number)
    assert facts["withdrawnAt"] is None
    pdf = play.http("GET", "", _path(facts["pdfUrl"])).content
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=2).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(picture)] == [facts["verifyUrl"]]
    page = play.http("GET", "", _path(facts["verifyUrl"])).text
    assert facts["recipient"] in page
    assert _claims(play, number)["credentialSubject"]["achievement"]["name"]
    return number


def withdraw(play: Play, award: dict[str, Any], number: str) -> None:
    """The certificate says so, the PDF is gone, the credential is revoked, the award no longer stands."""
    assert not _revoked(play, number)
    moved = play.do("WithdrawAward", ORGANIZER, awardId=award["id"], ground="MISCONDUCT", reason="经查实存在违规行为")
    competition = award["competition"]["id"]
    seen = {each["id"]: each["digest"] for each in play.ask("Motions", SUPERVISOR, competition=competition)["nodes"]}
    assert seen[moved["motion"]["id"]] == moved["motion"]["digest"]
    sign(play, moved["motion"])
    assert moved["motion"]["id"] in {each["id"] for each in play.ask("Motions", "", competition=competition)["nodes"]}
    facts = play.ask("Certificate", "", number=number)
    assert (facts["ground"], facts["pdfUrl"]) == ("MISCONDUCT", None)
    assert _revoked(play, number)
    assert award["id"] not in {each["id"] for each in play.pages("Awards", "", competition=award["competition"]["id"])}


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def _claims(play: Play, number: str) -> dict[str, Any]:
    """What a credential says, read by another library than the one that signed it."""
    return _verified(play, play.http("GET", "", f"/credentials/{number}").text)


def _verified(play: Play, token: str) -> dict[str, Any]:
    keys = jwk.JWKSet.from_json(play.http("GET", "", "/.well-known/jwks.json").text)
    signed = jws.JWS()
    signed.deserialize(token.strip())
    signed.verify(keys.get_key(signed.jose_header["kid"]))
    claims: dict[str, Any] = json.loads(signed.payload)
    assert claims.get("nbf", 0) <= play.now.timestamp()
    return claims


def _revoked(play: Play, number: str) -> bool:
    """Whether the bit of a credential is set in its status list (W3C Bitstring Status List 1.0)."""
    status = _claims(play, number)["credentialStatus"]
    listed = _verified(play, play.http("GET", "", _path(status["statusListCredential"])).text)
    encoded = listed["credentialSubject"]["encodedList"].removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    index = int(status["statusListIndex"])
    return bool(bits[index // 8] & (0x80 >> index % 8))
