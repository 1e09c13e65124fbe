"""Forged and malformed tokens: each is refused, all with the same answer, and none leaves a trace in a log."""

import base64
import json
import logging
import traceback
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from structlog.testing import capture_logs

from gateway.sign_in.jws import LONGEST_TOKEN
from gateway.sign_in.oidc import OidcTokens
from gateway.sign_in.own_tokens import AUDIENCE as OWN_AUDIENCE
from gateway.sign_in.own_tokens import ISSUER as OWN_ISSUER
from gateway.sign_in.own_tokens import OwnTokens
from gateway.viewer import REASONS, Identity, InvalidToken, TokenVerifier
from tests.gateway.sign_in.fake_issuer import ISSUER, FakeIssuer
from tests.gateway.sign_in.forging import Sign, assembled, genuine, jwk, mac, part, private_key, signed_by, unsigned

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
NOW = int(NOON.timestamp())
AUDIENCE = "delta-hub"
CLAIMS = {"iss": ISSUER, "aud": AUDIENCE, "sub": "rep", "iat": NOW - 60, "exp": NOW + 600}
RS256 = {"alg": "RS256", "kid": "rsa-1"}
ES256 = {"alg": "ES256", "kid": "ec-1"}
EDDSA = {"alg": "EdDSA", "kid": "ed-1"}
BY_RSA, BY_EC, BY_ED = signed_by("rsa-1", "RS256"), signed_by("ec-1", "ES256"), signed_by("ed-1", "EdDSA")


def oidc_tokens() -> OidcTokens:
    issuer = FakeIssuer(jwk("rsa-1", "RS256"), jwk("ec-1", "ES256"), jwk("ed-1", "EdDSA"))
    return OidcTokens(ISSUER, AUDIENCE, http=issuer.http, now=lambda: NOON)


def own_tokens() -> OwnTokens:
    return OwnTokens(private_key("ed-own"), now=lambda: NOON)


def by_rsa(header: dict[str, Any] | None = None, **claims: object) -> str:
    """Truly signed by the issuer, with something else wrong; a claim of None is left out."""
    kept = {name: value for name, value in {**CLAIMS, **claims}.items() if value is not None}
    return assembled({**RS256, **(header or {})}, kept, BY_RSA)


def public_bytes(encoding: Encoding) -> bytes:
    return private_key("rsa-1").public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)


def der_signature(signing_input: bytes) -> bytes:
    raw = BY_EC(signing_input)
    return encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))


def with_last_bit_flipped(token: str) -> str:
    head, _, signature = token.rpartition(".")
    raw = bytearray(base64.urlsafe_b64decode(signature + "=="))
    raw[-1] ^= 1
    return f"{head}.{part(bytes(raw))}"


def with_payload_of(token: str, other: str) -> str:
    header, _, signature = token.split(".")
    return ".".join([header, other.split(".")[1], signature])


def with_loose_end(token: str) -> str:
    """The same bytes in another spelling: the unused last bits of the base64 text are set."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return token[:-1] + alphabet[alphabet.index(token[-1]) + 1]


def named_key(header: dict[str, Any]) -> str:
    """The attacker's own key, offered in the header."""
    return assembled({"alg": "RS256", "kid": "rsa-evil", **header}, CLAIMS, signed_by("rsa-evil", "RS256"))


GOOD = by_rsa()

FORGED: dict[str, str] = {
    # form
    "nothing": "",
    "a dot": ".",
    "two dots": "..",
    "a word": "token",
    "two segments": GOOD.rpartition(".")[0],
    "no signature": GOOD.rpartition(".")[0] + ".",
    "four segments": GOOD + ".AAAA",
    "five segments, as when encrypted": "eyJhbGciOiJSU0EtT0FFUCJ9.AAAA.AAAA.AAAA.AAAA",
    "JSON serialisation": json.dumps(dict(zip(("protected", "payload", "signature"), GOOD.split("."), strict=True))),
    "full-width letters": GOOD.replace("e", "ｅ", 1),
    "a lone surrogate": GOOD + "\ud800",
    "a line end": GOOD + "\n",
    "a space before": " " + GOOD,
    "padding": GOOD + "==",
    "the other base64 alphabet": GOOD[:-4] + "+/+/",
    "another spelling of the same bytes": with_loose_end(GOOD),
    "a null byte": GOOD + "\x00",
    "too long, though truly signed": by_rsa(pad="p" * LONGEST_TOKEN),
    # header
    "header is no JSON": assembled(b"{", CLAIMS, BY_RSA),
    "header is a list": assembled([RS256], CLAIMS, BY_RSA),
    "header is very deep": assembled(b"[" * 5_000, CLAIMS, BY_RSA),
    "header is no UTF-8": assembled(b'{"alg":"\xff"}', CLAIMS, BY_RSA),
    "header has a number of 5,000 digits": assembled(b'{"alg":"RS256","x":' + b"9" * 5_000 + b"}", CLAIMS, BY_RSA),
    "no algorithm": assembled({"kid": "rsa-1"}, CLAIMS, BY_RSA),
    "algorithm none": assembled({"alg": "none"}, CLAIMS, unsigned),
    "algorithm none, with key id": assembled({**RS256, "alg": "none"}, CLAIMS, unsigned),
    "algorithm nOnE": assembled({**RS256, "alg": "nOnE"}, CLAIMS, unsigned),
    "algorithm none, with a true signature": assembled({**RS256, "alg": "none"}, CLAIMS, BY_RSA),
    "algorithm none in second place": assembled(b'{"alg":"RS256","kid":"rsa-1","alg":"none"}', CLAIMS, BY_RSA),
    "algorithm in small letters": assembled({**RS256, "alg": "rs256"}, CLAIMS, BY_RSA),
    "algorithms as a list": assembled({**RS256, "alg": ["RS256"]}, CLAIMS, BY_RSA),
    "algorithm as an object": assembled({**RS256, "alg": {}}, CLAIMS, BY_RSA),
    "key id of another": assembled({**RS256, "kid": "RSA-1"}, CLAIMS, BY_RSA),
    "no key id although there are several keys": assembled({"alg": "RS256"}, CLAIMS, BY_RSA),
    "key id is a number": assembled({**RS256, "kid": 1}, CLAIMS, BY_RSA),
    "key id is null": assembled({**RS256, "kid": None}, CLAIMS, BY_RSA),
    "key id is a list": assembled({**RS256, "kid": ["rsa-1"]}, CLAIMS, BY_RSA),
    "key id is a path": assembled({"alg": "HS256", "kid": "../../../dev/null"}, CLAIMS, mac(b"")),
    "key id is SQL": assembled({**RS256, "kid": "x' UNION SELECT 'k' --"}, CLAIMS, BY_RSA),
    "key id is unknown": assembled({**RS256, "kid": "rsa-2"}, CLAIMS, signed_by("rsa-2", "RS256")),
    "unknown critical extension": by_rsa({"crit": ["exp"], "exp": 1}),
    "critical b64": by_rsa({"crit": ["b64"], "b64": True}),
    "payload not encoded": by_rsa({"crit": ["b64"], "b64": False}),
    "compressed": by_rsa({"zip": "DEF"}),
    "a logout token": by_rsa({"typ": "logout+jwt"}),
    "a proof of possession": by_rsa({"typ": "dpop+jwt"}),
    "type is an object": by_rsa({"typ": {}}),
    # keys of the attacker's choice
    "jku": named_key({"jku": "https://evil.example/jwks"}),
    "jwk": named_key({"jwk": jwk("rsa-evil", "RS256")}),
    "x5u": named_key({"x5u": "https://evil.example/cert"}),
    "x5c": named_key({"x5c": ["MIIB"]}),
    "jku beside a true signature": by_rsa({"jku": f"{ISSUER}/jwks"}),
    "jwk beside a true signature": by_rsa({"jwk": jwk("rsa-1", "RS256")}),
    "known key id, other key": assembled(RS256, CLAIMS, signed_by("rsa-evil", "RS256")),
    "known key id, other Ed25519 key": assembled(EDDSA, CLAIMS, signed_by("ed-evil", "EdDSA")),
    # key-type confusion
    "MAC with the public key (PEM)": assembled({**RS256, "alg": "HS256"}, CLAIMS, mac(public_bytes(Encoding.PEM))),
    "MAC with the public key (DER)": assembled({**RS256, "alg": "HS256"}, CLAIMS, mac(public_bytes(Encoding.DER))),
    "MAC with the public key (JWK)": assembled(
        {**RS256, "alg": "HS256"}, CLAIMS, mac(json.dumps(jwk("rsa-1", "RS256")).encode())
    ),
    "MAC said to be RS256": assembled(RS256, CLAIMS, mac(public_bytes(Encoding.PEM))),
    "MAC with an empty secret": assembled({**RS256, "alg": "HS512"}, CLAIMS, mac(b"", "sha512")),
    "ES256 under the RSA key's id": assembled({**ES256, "kid": "rsa-1"}, CLAIMS, BY_EC),
    "RS256 under the EC key's id": assembled({**RS256, "kid": "ec-1"}, CLAIMS, BY_RSA),
    "EdDSA under the EC key's id": assembled({**EDDSA, "kid": "ec-1"}, CLAIMS, BY_ED),
    "PS256 under a key for RS256": assembled({**RS256, "alg": "PS256"}, CLAIMS, signed_by("rsa-1", "PS256")),
    "RS512 under a key for RS256": assembled({**RS256, "alg": "RS512"}, CLAIMS, signed_by("rsa-1", "RS512")),
    "ES256K": assembled({**ES256, "alg": "ES256K"}, CLAIMS, BY_EC),
    # signature
    "signature cut short": GOOD[:-8],
    "signature with one bit flipped": with_last_bit_flipped(GOOD),
    "signature of another payload": with_payload_of(GOOD, by_rsa(sub="hub-office")),
    "signature of zeros": assembled(ES256, CLAIMS, lambda _: bytes(64)),
    "signature of zeros, Ed25519": assembled(EDDSA, CLAIMS, lambda _: bytes(64)),
    "signature in DER": assembled(ES256, CLAIMS, der_signature),
    "signature too long": assembled(ES256, CLAIMS, lambda data: BY_EC(data) + b"\0"),
    # payload
    "payload is no JSON": assembled(RS256, b"{", BY_RSA),
    "payload is a list": assembled(RS256, [CLAIMS], BY_RSA),
    "payload is very deep": assembled(RS256, b"[" * 5_000, BY_RSA),
    "payload is no UTF-8": assembled(RS256, b"\xff\xfe\xfd", BY_RSA),
    # claims
    "no issuer": by_rsa(iss=None),
    "another issuer": by_rsa(iss="https://evil.example"),
    "issuer with one more slash": by_rsa(iss=f"{ISSUER}/"),
    "issuer as a list": by_rsa(iss=[ISSUER]),
    "no audience": by_rsa(aud=None),
    "another audience": by_rsa(aud="account"),
    "audience of a longer name": by_rsa(aud=f"{AUDIENCE}-admin"),
    "audience as an empty list": by_rsa(aud=[]),
    "audience as a number": by_rsa(aud=7),
    "audience as mixed list": by_rsa(aud=[AUDIENCE, 7]),
    "no end": by_rsa(exp=None),
    "expired": by_rsa(exp=NOW - 31),
    "end as text": by_rsa(exp=str(NOW + 600)),
    "end as a truth value": by_rsa(exp=True),
    "end is not a number": by_rsa(exp=float("nan")),
    "end is infinite": by_rsa(exp=float("inf")),
    "end is in no calendar": by_rsa(exp=10**18),
    "end has 400 digits": by_rsa(exp=10**400),
    "end is an object": by_rsa(exp={}),
    "no beginning": by_rsa(iat=None),
    "begins in the future": by_rsa(iat=NOW + 31),
    "begins after its end": by_rsa(iat=NOW + 20, exp=NOW + 10),
    "beginning as text": by_rsa(iat="now"),
    "not yet valid": by_rsa(nbf=NOW + 31),
    "not-before as text": by_rsa(nbf=str(NOW)),
    "no subject": by_rsa(sub=None),
    "empty subject": by_rsa(sub=""),
    "blank subject": by_rsa(sub=" "),
    "subject as a number": by_rsa(sub=1),
    "subject as a list": by_rsa(sub=["rep"]),
    "subject of 256 characters": by_rsa(sub="s" * 256),
    "subject with a line end": by_rsa(sub="rep\nhub-office"),
    "token id as a number": by_rsa(jti=1),
}


def own_forgery(header: dict[str, Any], claims: dict[str, Any] | None = None, sign: Sign | None = None) -> str:
    kid = own_kid()
    facts = {**CLAIMS, "iss": OWN_ISSUER, "aud": OWN_AUDIENCE, **(claims or {})}
    return assembled({"alg": "EdDSA", "kid": kid, **header}, facts, sign or signed_by("ed-own", "EdDSA"))


def own_kid() -> str:
    issued = own_tokens().issue("rep", name=None, email=None, lifetime=timedelta(hours=1), now=NOON)
    return json.loads(base64.urlsafe_b64decode(issued.partition(".")[0] + "=="))["kid"]


FORGED_OWN: dict[str, str] = {
    "nothing": "",
    "algorithm none": own_forgery({"alg": "none"}, sign=unsigned),
    "another hub's key": own_forgery({}, sign=signed_by("ed-evil", "EdDSA")),
    "another key id": own_forgery({"kid": "ed-own"}),
    "no key id": own_forgery({"kid": None}),
    "MAC with the public key": own_forgery(
        {"alg": "HS256"}, sign=mac(private_key("ed-own").public_key().public_bytes_raw())
    ),
    "MAC said to be EdDSA": own_forgery({}, sign=mac(private_key("ed-own").public_key().public_bytes_raw())),
    "RS256 under our key id": own_forgery({"alg": "RS256"}, sign=BY_RSA),
    "jwk of the attacker": own_forgery({"jwk": jwk("ed-evil", "EdDSA")}, sign=signed_by("ed-evil", "EdDSA")),
    "a token of the OpenID Connect issuer": GOOD,
    "the issuer's name for ours": own_forgery({}, {"iss": ISSUER}),
    "another audience": own_forgery({}, {"aud": AUDIENCE}),
    "expired": own_forgery({}, {"exp": NOW - 31}),
    "no end": own_forgery({}, {"exp": None}),
    "other payload": with_payload_of(own_forgery({}), own_forgery({}, {"sub": "hub-office"})),
}
CASES = [
    *(pytest.param(oidc_tokens, token, id=f"issuer: {name}") for name, token in FORGED.items()),
    *(pytest.param(own_tokens, token, id=f"own: {name}") for name, token in FORGED_OWN.items()),
]


def traces(token: str, *texts: str) -> list[str]:
    """The segments of a token (those long enough to be told from other text) that stand in a text."""
    return [segment for segment in token.split(".") if len(segment) >= 8 and any(segment in text for text in texts)]


@pytest.mark.parametrize(("verifier", "token"), CASES)
async def test_a_forged_token_gets_the_one_public_answer_and_is_not_logged(
    verifier: Callable[[], TokenVerifier],
    token: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    with capture_logs() as structured, pytest.raises(InvalidToken) as refused:
        await verifier().verify(token)

    answer = refused.value
    assert answer.problems() == [{"code": "INVALID_TOKEN", "field": None, "params": {}}]
    assert (str(answer), answer.text("en"), answer.text("zh-CN")) == ("INVALID_TOKEN", InvalidToken.en, InvalidToken.zh)
    assert answer.reason in REASONS
    printed = capfd.readouterr()
    told = "".join(traceback.format_exception(answer))
    assert traces(token, told, repr(vars(answer)), caplog.text, repr(structured), printed.out, printed.err) == []


def test_there_are_enough_forgeries_and_no_two_are_the_same() -> None:
    assert len(set(FORGED.values())) == len(FORGED) >= 40
    assert len(set(FORGED_OWN.values())) == len(FORGED_OWN)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(GOOD, id="RS256"),
        pytest.param(assembled(ES256, CLAIMS, BY_EC), id="ES256"),
        pytest.param(assembled(EDDSA, CLAIMS, BY_ED), id="EdDSA"),
        pytest.param(by_rsa({"typ": "at+jwt"}), id="an access token (RFC 9068)"),
        pytest.param(by_rsa({"x5t": "dGh1bWI"}), id="a thumbprint, which names no key material"),
        pytest.param(by_rsa(aud=["account", AUDIENCE]), id="several audiences"),
        pytest.param(by_rsa(nbf=NOW + 29, iat=NOW + 29.5), id="a clock that is ahead by less than the leeway"),
        pytest.param(by_rsa(pad="p" * 4_000), id="long"),
        pytest.param(genuine(CLAIMS, "rsa-1", "RS256"), id="written by a library"),
    ],
)
async def test_what_the_forgeries_imitate_is_accepted(token: str) -> None:
    assert await oidc_tokens().verify(token) == Identity("rep", None, None, None, NOON + timedelta(minutes=10))


async def test_our_own_forgeries_imitate_something_that_is_accepted() -> None:
    assert (await own_tokens().verify(own_forgery({}))).id == "rep"
