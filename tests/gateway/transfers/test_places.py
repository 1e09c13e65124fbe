"""Places: so many for each key, of a person or of an address; what is left is free at once, and nothing is remembered of it."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from starlette.requests import HTTPConnection

from contracts.transfers import GatewayBusy, TooManyTransfers
from gateway.transfers.places import Places, Shares
from gateway.viewer import Identity


def asking_from(host: str | None) -> HTTPConnection:
    return HTTPConnection({"type": "http", "client": (host, 1) if host is not None else None})


def test_one_more_than_there_are_places_is_refused_and_a_place_that_is_left_is_free() -> None:
    places = Places(2, GatewayBusy)

    with places.one("a"), places.one("b"):
        with places.one("a"):
            with pytest.raises(GatewayBusy), places.one("a"):
                raise AssertionError("a third place")
            with places.one("b"):
                pass
        with places.one("a"):
            pass


def test_a_place_is_free_also_where_the_block_fails_and_no_key_is_remembered() -> None:
    places = Places(1, GatewayBusy)

    for _ in range(3):
        with pytest.raises(ZeroDivisionError), places.one("a"):
            raise ZeroDivisionError

    assert not places._taken


def test_neither_one_person_nor_the_visitors_of_one_address_take_all_there_is() -> None:
    shares = Shares(Places(5, GatewayBusy), Places(1, TooManyTransfers), Places(2, TooManyTransfers))
    here, there = asking_from("192.0.2.1"), asking_from("192.0.2.2")

    with ExitStack() as held:
        held.enter_context(shares.one(here, Identity("teacher")))
        with pytest.raises(TooManyTransfers), shares.one(there, Identity("teacher")):
            raise AssertionError
        for _ in range(2):
            held.enter_context(shares.one(here, None))
        with pytest.raises(TooManyTransfers), shares.one(here, None):
            raise AssertionError
        for _ in range(2):
            held.enter_context(shares.one(there, None))
        with pytest.raises(GatewayBusy), shares.one(there, Identity("other")):
            raise AssertionError
    with shares.one(here, Identity("teacher")):
        pass


def test_a_share_that_everybody_refuses_is_given_back_to_its_owner() -> None:
    everybody = Places(1, GatewayBusy)
    shares = Shares(everybody, Places(1, TooManyTransfers), Places(1, TooManyTransfers))

    with everybody.one(), pytest.raises(GatewayBusy), shares.one(asking_from("::1"), Identity("teacher")):
        raise AssertionError

    with shares.one(asking_from("::1"), Identity("teacher")):
        pass
