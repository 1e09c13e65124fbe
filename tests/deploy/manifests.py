"""Manifests: what `kubectl kustomize` makes of each folder, as plain objects, rendered once in a run."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

import yaml

from tests.house.sources import ROOT

K8S = ROOT / "deploy" / "k8s"
OVERLAYS = ("dev", "staging", "prod")
CLUSTERED = ("staging", "prod")
FOLDERS = (*(f"overlays/{name}" for name in OVERLAYS), *(f"contract/{name}" for name in CLUSTERED))
"""All that can be applied."""
TEMPLATES = {
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "DaemonSet": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}

Object = dict[str, Any]
Objects = list[Object]


def overlay(name: str) -> Objects:
    """The objects of an overlay; the caller may change them."""
    return objects(f"overlays/{name}")


def objects(folder: str) -> Objects:
    """The objects of a folder under deploy/k8s; the caller may change them."""
    return deepcopy(_parsed(folder))


@cache
def _parsed(folder: str) -> Objects:
    return list(yaml.load_all(text(folder), yaml.CSafeLoader))


@cache
def text(folder: str) -> str:
    """The YAML of a folder under deploy/k8s, as it would be applied."""
    rendering = ["kubectl", "kustomize", str(K8S / folder)]
    finished = subprocess.run(rendering, capture_output=True, text=True, timeout=60, check=False)
    assert finished.returncode == 0, finished.stderr
    return finished.stdout


def of_kind(objects: Objects, *kinds: str) -> Objects:
    """Those of these kinds, in their order."""
    return [one for one in objects if one["kind"] in kinds]


def the(objects: Objects, kind: str, name: str) -> Object:
    """The only object of that kind and name."""
    (found,) = (one for one in of_kind(objects, kind) if one["metadata"]["name"] == name)
    return found


def title(one: Object) -> str:
    """An object as people call it: `Deployment/gateway`."""
    return f"{one['kind']}/{one['metadata']['name']}"


def template(workload: Object) -> Object:
    """The pod template of a workload."""
    for key in TEMPLATES[workload["kind"]]:
        workload = workload[key]
    return workload


def workloads(objects: Objects) -> Objects:
    """Every object that starts pods itself."""
    return of_kind(objects, *TEMPLATES)


def containers(workload: Object) -> Iterator[Object]:
    """Every container of a workload, those that come first included."""
    spec = template(workload)["spec"]
    yield from spec.get("initContainers", [])
    yield from spec["containers"]
