"""Sharing: what is spent at one gateway is gone at every other; a lost or crooked telling changes nothing else."""

from __future__ import annotations

from collections.abc import Callable

import orjson
import pytest

from gateway.budgets.buckets import Rate
from gateway.budgets.budgets import Budgets
from gateway.budgets.settings import BudgetSettings
from gateway.budgets.sharing import MOST_TOLD, Sharing
from gateway.viewer import Identity

SETTINGS = BudgetSettings(
    operation_cost=1_000,
    operation_calls=10,
    person=Rate(1, 1_000),
    address=Rate(1, 1_000),
    client=Rate(10, 10_000),
    kept=10_000,
    sockets=50,
    subscriptions=100,
)
ANN = Identity("ann", client="app")


class Between:
    """Carries tellings to all, as a fanout does."""

    def __init__(self) -> None:
        self.tellings: list[bytes] = []
        self._hearing: list[Callable[[bytes], None]] = []

    def tell(self, body: bytes) -> None:
        self.tellings.append(body)
        for told in self._hearing:
            told(body)

    def hear(self, told: Callable[[bytes], None]) -> None:
        self._hearing.append(told)


@pytest.fixture
def between() -> Between:
    return Between()


def a_gateway(between: Between) -> tuple[Budgets, Sharing]:
    budgets = Budgets(SETTINGS, lambda: 0.0)
    return budgets, Sharing(budgets, between)


def left(budgets: Budgets, identity: Identity | None = ANN, address: str = "192.0.2.7") -> float:
    return budgets.buckets.left(budgets.payers(identity, address))


def test_what_is_spent_at_one_is_gone_at_every_other(between: Between) -> None:
    (one, telling), (other, _), (third, _) = (a_gateway(between) for _ in range(3))

    one.take(one.payers(ANN, "192.0.2.7"), 300)
    one.take(one.payers(None, "192.0.2.8"), 200)
    telling.tell()

    assert [left(each) for each in (one, other, third)] == [700, 700, 700]
    assert [left(each, None, "192.0.2.8") for each in (one, other)] == [800, 800]
    assert left(other, None, "192.0.2.9") == 1_000
    telling.tell()
    assert len(between.tellings) == 1  # there was nothing more to tell


def test_who_spends_everywhere_at_once_pays_it_back_before_they_go_on(between: Between) -> None:
    gateways = [a_gateway(between) for _ in range(3)]

    for budgets, _ in gateways:
        budgets.take(budgets.payers(ANN, ""), 600)
    for _, sharing in gateways:
        sharing.tell()

    assert [left(budgets) for budgets, _ in gateways] == [-800] * 3


def test_no_name_and_no_address_is_told(between: Between) -> None:
    budgets, sharing = a_gateway(between)

    budgets.take(budgets.payers(Identity("ann.of.quzhou", client="app"), ""), 1)
    budgets.take(budgets.payers(None, "192.0.2.7"), 1)
    sharing.tell()

    assert not any(word in between.tellings[0] for word in (b"ann", b"192.0", b"app"))


def test_many_keys_are_told_in_several_messages(between: Between) -> None:
    (one, telling), (other, _) = a_gateway(between), a_gateway(between)

    for number in range(MOST_TOLD + 5):
        one.take(one.payers(None, f"{number}"), 1)
    telling.tell()

    assert len(between.tellings) == 2
    assert left(other, None, f"{MOST_TOLD + 4}") == 999


KEY = Budgets(SETTINGS).payers(ANN, "")[0]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff",
        b"[]",
        b"{}",
        b'{"spent": 7}',
        b'{"from": "x", "spent": []}',
        orjson.dumps({"from": "x", "spent": {"": 1, "z": 5, "zann": 9}}),
        orjson.dumps({"from": "x", "spent": {KEY: "300"}}),
        orjson.dumps({"from": "x", "spent": {KEY: None}}),
        orjson.dumps({"from": "x", "spent": {KEY: [1]}}),
        b'{"from": "x", "spent": {"' + KEY.encode() + b'": 1e999}}',
    ],
)
def test_what_is_no_telling_is_passed_over(between: Between, body: bytes) -> None:
    budgets, _ = a_gateway(between)

    between.tell(body)

    assert left(budgets) == 1_000
    assert len(budgets.buckets) == 0
