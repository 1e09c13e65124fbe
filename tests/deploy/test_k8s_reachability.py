"""Reachability: the rendered NetworkPolicies allow what deploy/k8s/architecture.yaml declares, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.deploy.architecture import edges, peers
from tests.deploy.manifests import OVERLAYS, Objects, of_kind, overlay, the
from tests.deploy.reachability import Edge, ports_of, reachability

pytestmark = pytest.mark.deploy

CANARIES = {(22, "TCP"), (5672, "TCP"), (15672, "TCP")}
"""Ports that nobody may reach on most peers, and that a rule without ports would open."""


def reached(name: str, policies: Objects) -> set[Edge]:
    declared = {(edge.port, edge.protocol) for edge in edges(name)}
    return reachability(peers(name), policies, declared | ports_of(policies, peers(name)) | CANARIES)


def policies(name: str) -> Objects:
    return of_kind(overlay(name), "NetworkPolicy")


@pytest.mark.parametrize("name", OVERLAYS)
def test_who_reaches_whom_is_what_the_architecture_says(name: str) -> None:
    found = reached(name, policies(name))

    assert sorted(found - edges(name)) == []
    assert sorted(edges(name) - found) == []


def test_a_policy_that_is_missing_is_noticed() -> None:
    every = policies("prod")

    unnoticed = [
        missing["metadata"]["name"]
        for missing in every
        if reached("prod", [one for one in every if one is not missing]) == edges("prod")
    ]

    assert unnoticed == []


def allow_all(rules: Objects) -> None:
    rules.append({})


def allow_another_port(rules: Objects) -> None:
    rules[0]["ports"].append({"port": 15672})


def allow_a_range(rules: Objects) -> None:
    rules[0]["ports"][0] = {"port": 5671, "endPort": 5672}


def allow_other_namespaces(rules: Objects) -> None:
    rules[0]["from"].append({"namespaceSelector": {}})


def allow_the_internet(rules: Objects) -> None:
    rules[0]["from"].append({"ipBlock": {"cidr": "0.0.0.0/0"}})


def allow_a_neighbour(rules: Objects) -> None:
    rules.append({"from": [{"podSelector": {}}], "ports": [{"port": 5432}]})


@pytest.mark.parametrize(
    "widen",
    [allow_all, allow_another_port, allow_a_range, allow_other_namespaces, allow_the_internet, allow_a_neighbour],
)
def test_a_policy_that_is_too_wide_is_noticed(widen: Callable[[Objects], None]) -> None:
    """The hub's own pods may send anything here, so that it shows what the broker alone would let in."""
    before, after = (
        [one for one in policies("prod") if "Ingress" in one["spec"]["policyTypes"]] for _ in ("before", "after")
    )
    for one in (*before, *after):
        one["spec"]["policyTypes"] = ["Ingress"]

    widen(the(after, "NetworkPolicy", "rabbitmq")["spec"]["ingress"])

    assert reached("prod", after) > reached("prod", before)
