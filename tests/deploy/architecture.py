"""Architecture: deploy/k8s/architecture.yaml as peers and edges, for the overlay that it is asked of."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml

from tests.deploy.manifests import K8S, overlay
from tests.deploy.reachability import POD_ADDRESS, Edge, Peer, pods


@cache
def declared() -> dict[str, Any]:
    return yaml.safe_load((K8S / "architecture.yaml").read_text(encoding="utf-8"))


@cache
def peers(name: str) -> list[Peer]:
    """Our pods in that overlay and all others that the file knows."""
    ours = list(pods(overlay(name)))
    here = ours[0].namespace
    others = declared()["outside"] | (declared()["dev-servers"] if name == "dev" else {})
    return [
        *ours,
        Peer("stray", here, {}, ours=name != "dev"),  # a pod of our namespace that nobody planned
        *(
            Peer(
                other,
                one.get("namespace", here),
                one.get("labels", {}),
                {},
                one.get("address", POD_ADDRESS),
                ours=False,
            )
            for other, one in others.items()
        ),
    ]


@cache
def edges(name: str) -> set[Edge]:
    """Who may reach whom in that overlay."""
    rules = [*declared()["everywhere"], *declared()["dev" if name == "dev" else "clustered"]]
    allowed = {
        Edge(source, target, number, protocol)
        for rule in rules
        for source in _members(rule["from"])
        for target in _members(rule["to"])
        for number, protocol in _ports(rule["ports"])
    }
    if name != "dev":  # every pod of the namespace looks names up
        allowed |= {Edge("stray", "dns", 53, protocol) for protocol in ("TCP", "UDP")}
    return allowed


def _members(those: str | list[str]) -> Iterator[str]:
    groups = declared()["groups"]
    for one in [those] if isinstance(those, str) else those:
        if one in groups:
            yield from _members(groups[one])
        else:
            yield one


def _ports(those: list[int | str]) -> Iterator[tuple[int, str]]:
    for one in those:
        range_, _, protocol = str(one).partition("/")
        first, _, last = range_.partition("-")
        yield from ((number, protocol or "TCP") for number in range(int(first), int(last or first) + 1))
