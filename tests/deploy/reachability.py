"""Reachability: who reaches whom by the NetworkPolicies of an overlay, worked out as a cluster does it: both ends must agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address, ip_network
from typing import Any

from tests.deploy.manifests import Object, Objects, containers, of_kind, template, workloads

POD_ADDRESS = "10.244.0.7"
"""Of every pod: some networks hold address blocks against pods too, so that a block must not let in more than its outside."""


@dataclass(frozen=True)
class Peer:
    """Somebody who connects or is connected to; `ports` are the names of its ports."""

    name: str
    namespace: str
    labels: dict[str, str] = field(hash=False)
    ports: dict[str, int] = field(default_factory=dict, hash=False)
    address: str = POD_ADDRESS
    ours: bool = True

    @property
    def is_pod(self) -> bool:
        return self.address == POD_ADDRESS


@dataclass(frozen=True, order=True)
class Edge:
    """One who reaches another on a port."""

    source: str
    target: str
    port: int
    protocol: str = "TCP"


def pods(objects: Objects) -> Iterator[Peer]:
    """The pods that these objects lead to, those that the operators of the broker and of the databases make included."""
    for workload in workloads(objects):
        ports = {port["name"]: port["containerPort"] for one in containers(workload) for port in one.get("ports", [])}
        labels = template(workload)["metadata"]["labels"]
        yield Peer(labels["app.kubernetes.io/name"], workload["metadata"]["namespace"], labels, ports)
    for one in of_kind(objects, "RabbitmqCluster"):
        made = {"app.kubernetes.io/component": "rabbitmq", "app.kubernetes.io/part-of": "rabbitmq"}
        name, namespace = one["metadata"]["name"], one["metadata"]["namespace"]
        yield Peer(name, namespace, {"app.kubernetes.io/name": name, **made})
    for one in of_kind(objects, "Cluster"):
        name, namespace = one["metadata"]["name"], one["metadata"]["namespace"]
        yield Peer(name, namespace, {"cnpg.io/cluster": name, "cnpg.io/podRole": "instance"})


def reachability(peers: list[Peer], policies: Objects, ports: set[tuple[int, str]]) -> set[Edge]:
    """Every edge on these ports that is allowed at both ends; what only others do among themselves is not ours to say."""
    leaving = {peer.name: _rules(policies, peer, "Egress") for peer in peers}
    entering = {peer.name: _rules(policies, peer, "Ingress") for peer in peers}
    return {
        Edge(source.name, target.name, port, protocol)
        for source in peers
        for target in peers
        if source.ours or target.ours
        for out in [[rule for rule in leaving[source.name] if _names(rule.get("to"), target, source.namespace)]]
        for into in [[rule for rule in entering[target.name] if _names(rule.get("from"), source, target.namespace)]]
        if out and into
        for port, protocol in ports
        if any(_opens(rule.get("ports"), target, port, protocol) for rule in out)
        and any(_opens(rule.get("ports"), target, port, protocol) for rule in into)
    }


def ports_of(policies: Objects, peers: list[Peer]) -> set[tuple[int, str]]:
    """Every port that the policies speak of, with both ends of ranges and what lies just beyond."""
    named = {number for peer in peers for number in peer.ports.values()}
    numbers = {
        number
        for policy in policies
        for rule in [*policy["spec"].get("ingress", []), *policy["spec"].get("egress", [])]
        for port in rule.get("ports", [])
        if isinstance(port["port"], int)
        for number in (port["port"], port.get("endPort", port["port"]), port.get("endPort", port["port"]) + 1)
    }
    return {(number, protocol) for number in named | numbers for protocol in ("TCP", "UDP")}


def _rules(policies: Objects, peer: Peer, direction: str) -> list[Object]:
    """What these policies allow the peer in that direction; one rule for everything where none concerns it."""
    concerned = [policy for policy in policies if _concerns(policy, peer, direction)]
    return [rule for policy in concerned for rule in policy["spec"].get(direction.lower(), [])] if concerned else [{}]


def _concerns(policy: Object, peer: Peer, direction: str) -> bool:
    implied = ["Ingress", *(["Egress"] if "egress" in policy["spec"] else [])]
    return (
        peer.is_pod
        and policy["metadata"]["namespace"] == peer.namespace
        and direction in policy["spec"].get("policyTypes", implied)
        and selects(policy["spec"]["podSelector"], peer.labels)
    )


def _names(those: list[Object] | None, peer: Peer, namespace: str) -> bool:
    return not those or any(_is(one, peer, namespace) for one in those)


def _is(one: Object, peer: Peer, namespace: str) -> bool:
    if block := one.get("ipBlock"):
        return _lies_in(peer.address, block["cidr"]) and not any(
            _lies_in(peer.address, but) for but in block.get("except", [])
        )
    if "namespaceSelector" in one:
        near = selects(one["namespaceSelector"], {"kubernetes.io/metadata.name": peer.namespace})
    else:
        near = peer.namespace == namespace
    return peer.is_pod and near and selects(one.get("podSelector", {}), peer.labels)


@cache
def _lies_in(address: str, block: str) -> bool:
    return ip_address(address) in ip_network(block)


def _opens(those: list[Object] | None, target: Peer, port: int, protocol: str) -> bool:
    return not those or any(
        one.get("protocol", "TCP") == protocol
        and ("port" not in one or _first(one, target) <= port <= one.get("endPort", _first(one, target)))
        for one in those
    )


def _first(port: Object, target: Peer) -> int:
    return port["port"] if isinstance(port["port"], int) else target.ports.get(port["port"], -1)


def selects(selector: Object, labels: dict[str, str]) -> bool:
    """Whether a label selector takes these labels; an empty one takes all."""
    wanted = selector.get("matchLabels", {})
    return all(labels.get(key) == value for key, value in wanted.items()) and all(
        _holds(expression, labels) for expression in selector.get("matchExpressions", [])
    )


def _holds(expression: dict[str, Any], labels: dict[str, str]) -> bool:
    key, values = expression["key"], expression.get("values", [])
    return {
        "In": labels.get(key) in values,
        "NotIn": labels.get(key) not in values,
        "Exists": key in labels,
        "DoesNotExist": key not in labels,
    }[expression["operator"]]
