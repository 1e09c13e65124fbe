"""Rooms: no families import each other in a ring; `make rings` prints what is counted here."""

import pytest

from tests.house.rings import PLACES, families, rings


@pytest.mark.parametrize("place", PLACES)
def test_no_families_import_each_other_in_a_ring(place: str) -> None:
    assert rings(families(place)) == []


def test_a_ring_is_found() -> None:
    assert rings({"entries": {"waiting"}, "waiting": {"quotas", "entries"}, "quotas": set()}) != []
    assert rings({"entries": {"waiting"}, "waiting": {"quotas"}, "quotas": set()}) == []
