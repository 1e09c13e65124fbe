"""Agreed keys: what a gateway offers, every replica of that service works out, and nobody else makes a call by it."""

from __future__ import annotations

import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kit.wire import agreed_keys
from kit.wire.agreed_keys import Offered, public_of, public_text, service_key
from kit.wire.signing import Checker, Sealed, Signer
from tests.kit.test_signing import KEY, OTHER, Believed, a_call, reason

OWN, STRANGE = service_key("the secret of alliances " * 2), service_key("the secret of somebody " * 2)
SERVICES = {"alliances": OWN.public_key(), "events": STRANGE.public_key()}


def checker(service: str = "alliances", *, own: agreed_keys.X25519PrivateKey = OWN) -> Checker:
    return Checker(Believed(KEY), Offered(service, own))


def sealed(call: Sealed, signer: Signer | None = None) -> Sealed:
    return replace(call, headers=(signer or Signer(KEY, SERVICES)).sign(call))


def with_offer(call: Sealed, offer: object) -> Sealed:
    return replace(call, headers={**call.headers, "hub.offer": offer})


def test_every_replica_works_out_what_a_gateway_offers() -> None:
    gateway = Signer(KEY, SERVICES)
    first, second = (sealed(replace(a_call(), number=number), gateway) for number in ("1", "2"))

    assert first.headers["hub.offer"] == second.headers["hub.offer"]
    for replica in (checker(), checker()):
        assert [reason(call, checker=replica) for call in (first, second)] == ["", ""]


def test_old_and_new_work_side_by_side() -> None:
    """A service that has a secret takes signed calls; a gateway signs to those of whose keys it was not told."""
    signed, to_another = sealed(a_call(), Signer(KEY)), sealed(replace(a_call(), service="notify"))

    without = Checker(Believed(KEY))
    assert reason(signed, checker=checker()) == reason(to_another, checker=without) == ""
    assert "hub.offer" not in {**signed.headers, **to_another.headers}
    assert reason(sealed(a_call()), checker=without) == "key"  # it has no secret yet: gateways must not be told of it


def test_an_offer_for_one_service_is_worth_nothing_at_another() -> None:
    call = sealed(a_call())

    assert reason(replace(call, service="events"), checker=checker("events", own=STRANGE)) == "key"
    assert reason(call, checker=checker("alliances", own=STRANGE)) == "key"
    assert reason(call, checker=checker("events", own=OWN)) == "key"


def test_only_a_gateway_that_is_believed_makes_offers() -> None:
    theirs = sealed(a_call(), Signer(OTHER, SERVICES))

    assert reason(theirs, checker=checker()) == "key"
    claimed = replace(theirs, headers={**theirs.headers, "hub.key": sealed(a_call()).headers["hub.key"]})
    assert reason(claimed, checker=checker()) == "key"


def test_a_call_under_a_recorded_offer_needs_its_key() -> None:
    """Somebody with a gateway's password has an offer, and signs with a key of his own or not at all."""
    offer = sealed(a_call()).headers["hub.offer"]
    forged = with_offer(replace(a_call(), headers={**a_call().headers, "hub.viewer": "thief"}), offer)

    assert reason(sealed(forged, Signer(OTHER)), checker=checker()) == "key"
    for proof in ("", "AAAA", sealed(a_call()).headers["hub.signature"]):
        headers = {**sealed(a_call()).headers, **forged.headers, "hub.signature": proof}
        assert reason(replace(forged, headers=headers), checker=checker()) == "signature"


def test_neither_kind_of_proof_passes_for_the_other() -> None:
    signed, by_key = sealed(a_call(), Signer(KEY)), sealed(a_call())
    without = {name: value for name, value in by_key.headers.items() if name != "hub.offer"}

    assert reason(with_offer(signed, by_key.headers["hub.offer"]), checker=checker()) == "signature"
    assert reason(replace(by_key, headers=without), checker=checker()) == "signature"


@given(at=st.integers(0, 400), bit=st.integers(0, 7))
def test_no_bit_of_an_offer_can_be_changed(at: int, bit: int) -> None:
    call = sealed(a_call())
    raw = bytearray(urlsafe_b64decode(call.headers["hub.offer"]))
    raw[at % len(raw)] ^= 1 << bit

    assert reason(with_offer(call, urlsafe_b64encode(raw).decode()), checker=checker()) == "key"


@given(st.none() | st.integers() | st.binary() | st.text(st.characters(codec="utf-8"), max_size=20))
def test_no_strange_offer_ends_a_service(offer: object) -> None:
    assert reason(with_offer(sealed(a_call()), offer), checker=checker()) == "key"


def test_an_offer_has_one_text_so_that_it_is_kept_once() -> None:
    call, service = sealed(a_call()), checker()

    assert reason(with_offer(call, call.headers["hub.offer"] + "!"), checker=service) == "key"
    assert reason(with_offer(call, call.headers["hub.offer"] + "A" * 1000), checker=service) == "key"
    assert reason(call, checker=service) == ""


def test_offers_are_made_anew_and_a_call_outlives_none(monkeypatch: pytest.MonkeyPatch) -> None:
    gateway, service = Signer(KEY, SERVICES), Offered("alliances", OWN)
    first = sealed(a_call(), gateway)
    monkeypatch.setattr(agreed_keys, "LASTS", -3600.0)
    late = sealed(a_call(), Signer(KEY, SERVICES))

    assert reason(late, checker=Checker(Believed(KEY), service)) == "life"
    assert reason(first, checker=Checker(Believed(KEY), service)) == ""
    again = sealed(a_call(), gateway)
    assert again.headers["hub.offer"] == first.headers["hub.offer"]
    monkeypatch.setattr(time, "time", lambda now=time.time: now() + agreed_keys.LASTS + 7200)
    assert sealed(a_call(), gateway).headers["hub.offer"] != first.headers["hub.offer"]
    assert len(service._known) == 1  # what has ended is not kept


def test_a_gateways_key_that_is_forgotten_takes_its_offers_with_it() -> None:
    believed, call = Believed(KEY), sealed(a_call())
    service = Checker(believed, Offered("alliances", OWN))
    assert reason(call, checker=service) == ""

    believed._keys.clear()

    assert reason(sealed(replace(a_call(), number="n-2")), checker=service) == "key"


def test_a_secret_has_one_public_key_which_does_not_tell_it() -> None:
    secret = "s" * 40
    text = public_text(service_key(secret))

    assert text == public_text(service_key(secret)) != public_text(service_key("t" * 40))
    assert public_of(text).public_bytes_raw() == service_key(secret).public_key().public_bytes_raw()
    for broken in ("", "AAAA", "!", text + text):
        with pytest.raises(ValueError, match=r"."):
            public_of(broken)


def test_a_gateway_signs_with_a_key_that_was_made_for_it_alone() -> None:
    """Two gateways with one Ed25519 key agree different keys."""
    offers = {
        sealed(a_call(), Signer(Ed25519PrivateKey.from_private_bytes(KEY.private_bytes_raw()), SERVICES)).headers[
            "hub.offer"
        ]
        for _ in range(2)
    }

    assert len(offers) == 2
