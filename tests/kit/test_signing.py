"""Signing: a call is let in once, exactly as its gateway made it, for as long as it lives; nothing else is."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from kit.context import Context
from kit.viewer import Viewer
from kit.wire.agreed_keys import Offered, service_key
from kit.wire.call_keys import key_id
from kit.wire.request import Request, to_headers
from kit.wire.signing import LONGEST_LIFE, Checker, NotSigned, Sealed, Signer

KEY, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


OWN = service_key("the secret of alliances " * 2)
AGREES = {"alliances": OWN.public_key()}
WITH: dict[str, X25519PublicKey] = {}


@pytest.fixture(scope="module", autouse=True, params=[{}, AGREES], ids=["signed", "sealed by an agreed key"])
def _hand(request: pytest.FixtureRequest) -> None:
    """All of this holds for both kinds of proof."""
    WITH.clear()
    WITH.update(request.param)


class Believed:
    """The public keys of these."""

    def __init__(self, *keys: Ed25519PrivateKey) -> None:
        self._keys = {key_id(key.public_key()): key.public_key() for key in keys}

    def get(self, kid: str) -> Ed25519PublicKey | None:
        return self._keys.get(kid)


def a_call(*, lives: float = 5, **headers: Any) -> Sealed:
    request = Request("admit", {}, Context(Viewer("ann"), "en", "c"), time.time() + lives, "key")
    return Sealed("alliances", "admit", "n-1", {**to_headers(request), **headers}, b'{"kwargs": {}}')


def signed(call: Sealed, key: Ed25519PrivateKey = KEY) -> Sealed:
    return replace(call, headers=Signer(key, WITH).sign(call))


def eye(*keys: Ed25519PrivateKey) -> Checker:
    return Checker(Believed(*keys), Offered("alliances", OWN) if WITH else None)


def reason(call: Sealed, *, checker: Checker | None = None, again: bool = False) -> str:
    """Why it is not let in; empty where it is."""
    try:
        (checker or eye(KEY)).check(call, again=again)
    except NotSigned as refused:
        return refused.reason
    return ""


def test_a_call_is_let_in_as_its_gateway_made_it() -> None:
    assert reason(signed(a_call())) == ""
    assert reason(signed(a_call(traceparent="00-1-2-01"))) == ""


@pytest.mark.parametrize(
    "changes",
    [
        {"service": "events"},
        {"method": "expel"},
        {"number": "n-2"},
        {"body": b'{"kwargs": {"all": true}}'},
        {"body": b'{"kwargs":  {}}'},
    ],
    ids=str,
)
def test_a_call_that_goes_elsewhere_or_says_something_else_is_not(changes: dict[str, Any]) -> None:
    assert reason(replace(signed(a_call()), **changes)) == "signature"


@pytest.mark.parametrize(
    "name", ["hub.viewer", "hub.locale", "hub.deadline", "hub.idempotency_key", "hub.correlation_id"]
)
@pytest.mark.parametrize("value", ["another", "", None, 7, b"\xff", ["x"], "\ud800"], ids=repr)
def test_a_header_that_decides_can_neither_be_changed_nor_dropped(name: str, value: Any) -> None:
    call = signed(a_call())
    without = {key: one for key, one in call.headers.items() if key != name}

    assert reason(replace(call, headers={**without, name: value})) == "signature"
    assert reason(replace(call, headers=without)) == "signature"


@given(name=TEXT, value=st.none() | st.integers() | TEXT)
def test_no_header_of_ours_can_be_added(name: str, value: object) -> None:
    call = signed(a_call())

    assert reason(replace(call, headers={**call.headers, f"hub.new{name}": value})) == "signature"


@given(st.dictionaries(st.sampled_from(["hub.key", "hub.signature", "hub.viewer"]), st.none() | st.binary() | TEXT))
def test_no_strange_headers_end_a_service(headers: dict[str, Any]) -> None:
    assert reason(replace(a_call(), headers=headers)) in ("unsigned", "key", "signature")


def test_facts_cannot_move_from_one_field_to_the_next() -> None:
    call = signed(replace(a_call(), service="a", method="bc"))

    assert reason(replace(call, service="ab", method="c")) == "signature"


def test_without_signature_key_or_number_it_is_unsigned() -> None:
    call = signed(a_call())

    assert reason(a_call()) == "unsigned"
    assert reason(signed(replace(a_call(), number=""))) == "unsigned"
    for name in ("hub.key", "hub.signature"):
        assert (
            reason(replace(call, headers={key: one for key, one in call.headers.items() if key != name})) == "unsigned"
        )


def test_only_keys_that_are_believed_count_and_several_may_be() -> None:
    ours, theirs = signed(a_call()), signed(replace(a_call(), number="n-2"), OTHER)
    both = eye(KEY, OTHER)

    assert reason(theirs) == "key"
    assert reason(replace(theirs, headers={**theirs.headers, "hub.key": ours.headers["hub.key"]})) == (
        "key" if WITH else "signature"
    )
    assert (reason(ours, checker=both), reason(theirs, checker=both)) == ("", "")


def test_a_call_is_let_in_once_unless_the_broker_brings_it_again() -> None:
    call, checker = signed(a_call()), eye(KEY)

    assert reason(call, checker=checker) == ""
    assert reason(call, checker=checker) == "replayed"
    assert reason(call, checker=checker, again=True) == ""


def test_what_is_known_of_a_call_is_forgotten_with_its_life() -> None:
    checker = eye(KEY)
    for number in range(50):
        reason(signed(replace(a_call(lives=0.01), number=str(number))), checker=checker)
    time.sleep(0.02)

    reason(signed(a_call()), checker=checker)

    assert len(checker._known) == 1


def test_a_call_lives_for_a_short_while_and_has_a_deadline() -> None:
    none = {name: one for name, one in a_call().headers.items() if name != "hub.deadline"}

    assert reason(signed(a_call(lives=LONGEST_LIFE + 5))) == "life"
    assert reason(signed(replace(a_call(), headers=none))) == "life"
    assert [reason(signed(a_call(**{"hub.deadline": text}))) for text in ("soon", "inf")] == ["life", "life"]


def test_a_late_call_is_let_in_to_be_dropped_where_all_late_ones_are() -> None:
    assert reason(signed(a_call(lives=-1))) == ""
