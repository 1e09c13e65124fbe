"""Ids: unique, in the order of their making, and recognised in one form only."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.ids import is_id
from kit.ids import new_id


def test_ids_are_uuids_of_version_7_in_the_order_of_their_making() -> None:
    ids = [new_id() for _ in range(10_000)]

    assert len(set(ids)) == 10_000
    assert ids == sorted(ids)
    assert {uuid.UUID(each).version for each in ids} == {7}
    assert all(is_id(each) for each in ids)


@pytest.mark.parametrize(
    "other",
    [
        None,
        7,
        "",
        "x",
        b"01990000-0000-7000-8000-000000000000",
        "01990000-0000-7000-8000-00000000000",
        "01990000-0000-7000-8000-000000000000\n",
        "01990000000070008000000000000000",
        "{01990000-0000-7000-8000-000000000000}",
        "01990000-0000-7000-8000-00000000000A",
        "٠1990000-0000-7000-8000-000000000000",
    ],
)
def test_no_other_form_is_an_id(other: object) -> None:
    assert not is_id(other)


@given(st.uuids())
def test_every_uuid_as_we_write_it_is_an_id(found: uuid.UUID) -> None:
    assert is_id(str(found))
    assert not is_id(found)
