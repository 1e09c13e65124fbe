"""Texts of every shape in the place of a token: each is refused, and nothing else happens."""

from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.sign_in.own_tokens import OwnTokens
from gateway.viewer import InvalidToken
from tests.gateway.sign_in.forging import assembled, private_key, signed_by

NOON = datetime(2026, 3, 2, 12, 0, 0, tzinfo=UTC)
TOKENS = OwnTokens(private_key("ed-own"), now=lambda: NOON)
GOOD = TOKENS.issue("rep", name=None, email=None, lifetime=timedelta(hours=1), now=NOON)
HEADER = jwt.get_unverified_header(GOOD)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


async def refused(token: str) -> bool:
    with pytest.raises(InvalidToken):
        await TOKENS.verify(token)
    return True


@given(token=st.text(max_size=300) | st.from_regex(r"[\w-]{0,80}(\.[\w-]{0,80}){0,4}"))
async def test_no_text_whatever_is_accepted_or_breaks_the_verifier(token: str) -> None:
    assert await refused(token)


@given(
    header=st.dictionaries(
        st.sampled_from(["alg", "kid", "typ", "crit", "b64", "cty"]),
        st.sampled_from(["EdDSA", "none", "HS256", HEADER["kid"], "JWT", ["b64"]]) | JSON,
    ),
    payload=st.binary(max_size=60) | JSON,
)
async def test_no_shape_of_header_and_payload_breaks_the_verifier(header: dict[str, Any], payload: object) -> None:
    assert await refused(assembled(header, payload, lambda _: bytes(64)))


@given(claim=st.sampled_from(["iss", "aud", "exp", "iat", "sub"]), value=JSON)
async def test_no_value_of_a_claim_under_our_own_signature_breaks_the_verifier(claim: str, value: object) -> None:
    far_off = 200_000_000_000  # whatever else is right, the token is not valid yet
    claims = jwt.decode(GOOD, options={"verify_signature": False}) | {"nbf": far_off, claim: value}

    assert await refused(assembled(HEADER, claims, signed_by("ed-own", "EdDSA")))


@given(place=st.integers(0, len(GOOD) - 1), letter=st.sampled_from("AaZz09-_.=+ "))
async def test_a_good_token_with_one_letter_changed_is_refused(place: int, letter: str) -> None:
    token = GOOD[:place] + letter + GOOD[place + 1 :]

    assert token == GOOD or await refused(token)
