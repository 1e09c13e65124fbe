"""The credential verifies with a library of others against the published schema, and holds no more than the certificate."""

from __future__ import annotations

import base64
import gzip
import json
import stat
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st
from jwcrypto.jwk import JWK
from jwcrypto.jws import InvalidJWSSignature
from jwcrypto.jwt import JWT

from contracts.certificate_numbers import STATUS_LIST_LENGTH
from gateway.certificates.credential import credential
from gateway.certificates.keys import CredentialKeys, UnusableCredentialKey, thumbprint_of
from gateway.certificates.status_list import encoded, status_list
from tests.gateway.certificates.desk import CASES, HUB, ISSUED, NUMBER, facts, withdrawn

SCHEMA = Path(__file__).with_name("ob_v3p0_achievementcredential_schema.json")


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> CredentialKeys:
    return CredentialKeys(None, tmp_path_factory.mktemp("hub"), HUB)


@pytest.mark.parametrize("case", CASES)
def test_a_credential_fits_the_schema_of_open_badges(case: str) -> None:
    jsonschema.validate(credential(CASES[case], HUB), schema(), format_checker=jsonschema.FormatChecker())


def test_a_credential_says_what_the_certificate_says() -> None:
    said = credential(facts(), HUB)

    achievement = said["credentialSubject"]["achievement"]
    assert said["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert said["name"] == achievement["name"] == "一等奖 First Prize"
    assert said["description"] == "在长三角师范生教学基本功大赛（第14届）决赛“小学语文”赛道中，荣获 一等奖"
    assert achievement["creator"]["name"] == "长三角教育协作枢纽 Yangtze River Delta Education Hub"
    assert said["validFrom"] == "2026-05-17T16:30:00Z"
    assert said["credentialStatus"] == {
        "id": f"{HUB}/credentials/status/018f0000-0000-7000-8000-000000000001#4711",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "4711",
        "statusListCredential": f"{HUB}/credentials/status/018f0000-0000-7000-8000-000000000001",
    }


def test_the_claims_are_those_that_open_badges_asks_for() -> None:
    """Open Badges 3.0, section 8.2.4: each equals a property of the credential."""
    said = credential(facts(), HUB)

    assert (said["iss"], said["jti"], said["sub"], said["nbf"]) == (
        said["issuer"]["id"],
        said["id"],
        said["credentialSubject"]["id"],
        int(ISSUED.timestamp()),
    )
    assert "vc" not in said


def test_of_people_a_credential_has_the_names_that_are_printed_and_nothing_else() -> None:
    subject = credential(CASES["a team"], HUB)["credentialSubject"]

    assert set(subject) == {"id", "type", "identifier", "achievement"}
    assert [(each["identityType"], each["identityHash"], each["hashed"]) for each in subject["identifier"]] == [
        ("name", name, False) for name in ("星火燎原队", "欧阳震华", "司马相如·阿卜杜热依木", "王𬭎")
    ]


def test_a_credential_is_the_same_after_it_was_withdrawn() -> None:
    assert credential(withdrawn(), HUB) == credential(facts(), HUB)


def test_a_signed_credential_verifies_with_an_independent_library(keys: CredentialKeys) -> None:
    token = keys.sign(credential(facts(), HUB))

    read = JWT(jwt=token, key=JWK(**keys.all_public()[0]), algs=["RS256"], expected_type="JWS")

    assert json.loads(read.claims) == credential(facts(), HUB)
    assert json.loads(read.header) == {
        "alg": "RS256",
        "typ": "JWT",
        "kid": f"{HUB}/credentials/keys/{JWK(**keys.all_public()[0]).thumbprint()}",
    }


def test_a_changed_credential_does_not_verify(keys: CredentialKeys) -> None:
    header, payload, signature = keys.sign(credential(facts(), HUB)).split(".")
    said = json.loads(base64.urlsafe_b64decode(payload + "=="))
    said["credentialSubject"]["identifier"][0]["identityHash"] = "李四"
    forged = base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")

    with pytest.raises(InvalidJWSSignature):
        JWT(jwt=f"{header}.{forged}.{signature}", key=JWK(**keys.all_public()[0]), algs=["RS256"])


def test_signing_again_gives_the_same_credential(keys: CredentialKeys, tmp_path: Path) -> None:
    payload = credential(facts(), HUB)

    assert keys.sign(payload) == keys.sign(payload)
    assert keys.sign(payload) != CredentialKeys(None, tmp_path, HUB).sign(payload)


def test_the_hubs_own_key_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    first = CredentialKeys(None, tmp_path, HUB).all_public()

    [file] = tmp_path.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert CredentialKeys(None, tmp_path, HUB).all_public() == first
    assert JWK(**first[0]).key_curve if first[0]["kty"] != "RSA" else JWK(**first[0])["kty"] == "RSA"


def test_what_is_published_are_public_keys_only(keys: CredentialKeys) -> None:
    [key] = keys.all_public()

    assert set(key) == {"kty", "n", "e", "kid", "alg", "use"}
    assert keys.public(thumbprint_of(key)) == key
    assert keys.public("elsewhere") is None


def test_a_given_key_signs_and_former_keys_stay_published(tmp_path: Path) -> None:
    former, present = rsa(), rsa()
    file = written(
        tmp_path, pem(present) + former.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    earlier = CredentialKeys(written(tmp_path / "old", pem(former)), tmp_path, HUB).sign(credential(facts(), HUB))

    keys = CredentialKeys(file, tmp_path, HUB)

    assert len(keys.all_public()) == 2
    kid = json.loads(base64.urlsafe_b64decode(earlier.split(".")[0] + "=="))["kid"]
    key = keys.public(kid.rpartition("/")[2])
    assert key is not None
    assert JWT(jwt=earlier, key=JWK(**key), algs=["RS256"]).claims
    assert keys.sign({}) != CredentialKeys(written(tmp_path / "old", pem(former)), tmp_path, HUB).sign({})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no key",
        Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        generate_private_key(65537, 1024).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    ],
)
def test_a_key_of_no_use_is_told(tmp_path: Path, content: bytes) -> None:
    file = written(tmp_path, content)

    with pytest.raises(UnusableCredentialKey, match=str(file)):
        CredentialKeys(file, tmp_path, HUB).all_public()


def test_a_key_that_anybody_can_read_or_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = written(tmp_path, pem(rsa()))
    file.chmod(0o644)

    with pytest.raises(UnusableCredentialKey, match="chmod"):
        CredentialKeys(file, tmp_path, HUB).sign({})
    with pytest.raises(UnusableCredentialKey):
        CredentialKeys(tmp_path / "none.pem", tmp_path, HUB).sign({})


@given(st.sets(st.integers(0, STATUS_LIST_LENGTH - 1), max_size=50))
def test_the_bits_of_a_status_list_are_those_that_were_revoked(revoked: set[int]) -> None:
    assert bits_set(encoded(revoked)) == revoked


def test_the_first_bit_is_the_leftmost_one() -> None:
    assert unpacked(encoded([0]))[0] == 0b1000_0000
    assert unpacked(encoded([7]))[0] == 0b0000_0001
    assert len(unpacked(encoded([]))) == STATUS_LIST_LENGTH // 8


def test_a_status_list_is_a_signed_credential_of_its_own(keys: CredentialKeys) -> None:
    said = status_list("018f0000-0000-7000-8000-000000000001", [4711], HUB)

    token = JWT(jwt=keys.sign(said), key=JWK(**keys.all_public()[0]), algs=["RS256"])

    assert json.loads(token.claims) == said
    assert said["id"] == credential(facts(), HUB)["credentialStatus"]["statusListCredential"]
    assert said["type"] == ["VerifiableCredential", "BitstringStatusListCredential"]
    assert (said["credentialSubject"]["type"], said["credentialSubject"]["statusPurpose"]) == (
        "BitstringStatusList",
        "revocation",
    )
    assert said["issuer"] == credential(facts(), HUB)["issuer"]["id"]
    assert NUMBER not in str(said)


def bits_set(encoded_list: str) -> set[int]:
    """The indexes whose bit is set, as a verifier finds them."""
    whole = unpacked(encoded_list)
    return {at * 8 + bit for at, byte in enumerate(whole) if byte for bit in range(8) if byte & (0x80 >> bit)}


def unpacked(encoded_list: str) -> bytes:
    assert encoded_list[0] == "u"
    return gzip.decompress(base64.urlsafe_b64decode(encoded_list[1:] + "=" * (-len(encoded_list[1:]) % 4)))


@cache
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return found


def rsa() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def pem(key: RSAPrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def written(folder: Path, content: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    file = folder / "given.pem"
    file.write_bytes(content)
    file.chmod(0o600)
    return file
