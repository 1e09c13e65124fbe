"""Checks: how a linter's check is written here: what it finds in rendered objects, and a violation that it must find."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from tests.deploy.manifests import OVERLAYS, Object, Objects, of_kind, template, title, workloads
from tests.deploy.reachability import Peer, pods, selects

Fault = Callable[[Object], Any]
Plant = Callable[[Object], Any]


@dataclass(frozen=True)
class Check:
    """`finds` gives the titles of what is at fault; `plant` makes one such fault in objects of prod."""

    finds: Callable[[Objects], Iterable[str]]
    plant: Callable[[Objects], Any]
    overlays: tuple[str, ...] = OVERLAYS

    def only(self, *overlays: str) -> Check:
        """The same, asked of these overlays."""
        return replace(self, overlays=overlays)


def every_object(fault: Fault, plant: Plant, *kinds: str) -> Check:
    """No object of these kinds (none given: no object at all) has the fault."""

    def those(objects: Objects) -> Objects:
        return of_kind(objects, *kinds) if kinds else objects

    return Check(
        lambda objects: [title(one) for one in those(objects) if fault(one)],
        lambda objects: plant(those(objects)[0]),
    )


def every_pod(fault: Fault, plant: Plant, *kinds: str) -> Check:
    """No pod that a workload (of these kinds) starts has the fault; both functions are given the pod's spec."""

    def those(objects: Objects) -> Objects:
        return of_kind(objects, *kinds) if kinds else workloads(objects)

    return Check(
        lambda objects: [title(one) for one in those(objects) if fault(template(one)["spec"])],
        lambda objects: plant(template(those(objects)[0])["spec"]),
    )


def every_container(fault: Fault, plant: Plant, *kinds: str) -> Check:
    """No container of a workload (of these kinds) has the fault."""

    def at_fault(spec: Object) -> bool:
        return any(fault(one) for one in [*spec.get("initContainers", []), *spec["containers"]])

    return every_pod(at_fault, lambda spec: plant(spec["containers"][0]), *kinds)


def no(*kinds: str) -> Check:
    """There is no object of these kinds, of which a check could ask anything."""
    return Check(
        lambda objects: [title(one) for one in of_kind(objects, *kinds)],
        lambda objects: objects.append({"kind": kinds[0], "metadata": {"name": "planted"}}),
    )


def every_selector(selectors: Callable[[Object], Iterable[Object]], plant: Plant, *kinds: str) -> Check:
    """Each of the pod selectors of these kinds selects a pod that there is, whoever makes it."""

    def lost(objects: Objects) -> Iterator[str]:
        known = inhabitants(objects)
        for one in of_kind(objects, *kinds):
            if not all(any(selects(selector, pod.labels) for pod in known) for selector in selectors(one)):
                yield title(one)

    return Check(lost, lambda objects: plant(of_kind(objects, *kinds)[0]))


def every_reference(names: Callable[[Object], Iterable[str]], to: str, plant: Plant, *kinds: str) -> Check:
    """Whatever these kinds name is an object of the kind `to`."""

    def lost(objects: Objects) -> Iterator[str]:
        there = {one["metadata"]["name"] for one in of_kind(objects, to)}
        return (title(one) for one in of_kind(objects, *kinds) if not {*names(one)} <= there)

    return Check(lost, lambda objects: plant(of_kind(objects, *kinds)[0]))


def inhabitants(objects: Objects) -> list[Peer]:
    """The pods of the namespace: ours, and in dev, where no operator makes any, those of the servers that somebody started."""
    own = [{"app.kubernetes.io/name": name} for name in ("rabbitmq", "postgres", "minio")]
    brought = [] if of_kind(objects, "RabbitmqCluster") else [Peer("server", "", labels) for labels in own]
    return [*pods(objects), *brought]


def hardened(container: Object) -> Object:
    """The security context of a container, empty where it has none."""
    return container.get("securityContext", {})


def quantity(text: str) -> float:
    """A Kubernetes quantity as a number: `250m` is 0.25, `64Mi` is 67108864."""
    for suffix, factor in {"m": 0.001, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}.items():
        if text.endswith(suffix):
            return float(text.removesuffix(suffix)) * factor
    return float(text)
