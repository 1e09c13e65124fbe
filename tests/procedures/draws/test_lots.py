"""Lots: anybody draws them again with nothing but SHA-256."""

from __future__ import annotations

from hashlib import sha256

from procedures.draws.lots import by_lot, lot

THINGS = ("a", "b", "c", "d", "e")


def test_the_lot_of_a_thing_is_the_digest_of_seed_and_thing() -> None:
    assert lot("seed", "a", "b") == sha256(b"seed|a|b").hexdigest()
    assert lot("seed", "队") == sha256("seed|队".encode()).hexdigest()


def test_the_smallest_lot_comes_first_whatever_order_things_came_in() -> None:
    drawn = sorted(THINGS, key=lambda thing: sha256(f"seed|{thing}".encode()).hexdigest())

    assert by_lot("seed", THINGS) == by_lot("seed", reversed(THINGS)) == drawn
    assert drawn != list(THINGS)
    assert by_lot("another", THINGS) != drawn
