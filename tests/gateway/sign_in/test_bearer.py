"""The Authorization header: one bearer token, or no header at all."""

import pytest

from gateway.sign_in.bearer import bearer, bearer_in
from gateway.viewer import InvalidToken


@pytest.mark.parametrize("header", ["Bearer abc.def.ghi", "bearer abc.def.ghi", "BEARER   abc.def.ghi"])
def test_a_bearer_header_gives_its_token(header: str) -> None:
    assert bearer(header) == "abc.def.ghi"


def test_only_an_absent_header_makes_a_caller_anonymous() -> None:
    assert bearer(None) is None


@pytest.mark.parametrize(
    "header",
    [
        "",
        " ",
        "Bearer",
        "Bearer ",
        "abc.def.ghi",
        "Basic YTpi",
        "Bearer\tabc",
        " Bearer abc",
        "Bearer abc ",
        "Bearer a b",
        "Bearer a,b",
        "Bearer a, Bearer b",
        'Bearer "a"',
        "Bearer a=b",
        "Bearer abc\n",
        "Bearer ｔｏｋｅｎ",
        "Bearerabc",
    ],
)
def test_a_header_that_is_no_bearer_token_is_refused(header: str) -> None:
    with pytest.raises(InvalidToken) as refused:
        bearer(header)

    assert refused.value.reason == "malformed"


@pytest.mark.parametrize("payload", [{}, {"Authorization": None}, {"authorization": None, "token": "abc"}])
def test_payload_without_credentials_is_that_of_a_visitor(payload):
    assert bearer_in(payload) is None


@pytest.mark.parametrize("name", ["Authorization", "authorization", "AUTHORIZATION"])
def test_token_in_a_payload_is_read_as_in_a_header(name):
    assert bearer_in({name: "Bearer abc"}) == "abc"


@pytest.mark.parametrize(
    "payload",
    [
        {"Authorization": ""},
        {"Authorization": 5},
        {"Authorization": False},
        {"Authorization": ["Bearer abc"]},
        {"Authorization": {"Bearer": "abc"}},
        {"Authorization": "", "authorization": "Bearer abc"},
        {"Authorization": "Bearer abc", "authorization": "Bearer abc"},
    ],
)
def test_odd_credentials_in_a_payload_are_refused_and_never_those_of_a_visitor(payload):
    with pytest.raises(InvalidToken) as refused:
        bearer_in(payload)

    assert refused.value.reason == "malformed"
