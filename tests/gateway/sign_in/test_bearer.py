"""The Authorization header: one bearer token, or no header at all."""

import pytest

from gateway.sign_in.bearer import bearer
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
