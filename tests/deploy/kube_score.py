"""kube-score: its 39 checks by name, each as a check of our own, or the reason why it does not fit here."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.deploy.checks import (
    Check,
    every_container,
    every_object,
    every_pod,
    no,
    quantity,
)
from tests.deploy.kube_linter import CHECKS as KUBE_LINTER
from tests.deploy.manifests import CLUSTERED, Object, Objects, of_kind, template, title
from tests.deploy.reachability import selects

LABEL = re.compile(r"|[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?")
PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
BURST = "what serves may use a processor that is idle: guaranteed are the broker's and the databases' share, who suffer from less"


def same(name: str) -> Check:
    """A check that both linters have."""
    check = KUBE_LINTER[name]
    assert isinstance(check, Check)
    return check


def unbudgeted(objects: Objects) -> list[str]:
    budgets = [one["spec"]["selector"] for one in of_kind(objects, "PodDisruptionBudget")]
    return [
        title(one)
        for one in of_kind(objects, "Deployment")
        if sum(selects(budget, template(one)["metadata"]["labels"]) for budget in budgets) != 1
    ]


def without(kind: str) -> Callable[[Objects], None]:
    def drop(objects: Objects) -> None:
        objects.remove(of_kind(objects, kind)[0])

    return drop


def scaled(objects: Objects) -> set[str]:
    return {
        one["spec"]["scaleTargetRef"]["name"] for one in of_kind(objects, "HorizontalPodAutoscaler", "ScaledObject")
    }


def fixed_though_scaled(objects: Objects) -> list[str]:
    here = scaled(objects)
    return [
        title(d) for d in of_kind(objects, "Deployment") if d["metadata"]["name"] in here and "replicas" in d["spec"]
    ]


def single(objects: Objects) -> list[str]:
    here = scaled(objects)
    return [
        title(one)
        for one in of_kind(objects, "Deployment")
        if one["metadata"]["name"] not in here and one["spec"].get("replicas", 1) < 2
    ]


def lacks(one: Object, *resources: str) -> bool:
    return any(each not in one["resources"].get(sort, {}) for sort in ("requests", "limits") for each in resources)


def alike(one: Object) -> bool:
    return len({one[probe]["httpGet"]["path"] for probe in PROBES}) < len(PROBES)


def more_than_it_may(one: Object) -> bool:
    asked, allowed = one["resources"]["requests"], one["resources"]["limits"]
    return any(quantity(asked[each]) > quantity(allowed[each]) for each in asked)


CHECKS: dict[str, Check | str] = {
    "ingress-targets-service": same("dangling-ingress"),
    "cronjob-has-deadline": every_object(
        lambda one: "startingDeadlineSeconds" not in one["spec"],
        lambda one: one["spec"].pop("startingDeadlineSeconds"),
        "CronJob",
    ),
    "cronjob-restartpolicy": every_pod(
        lambda spec: spec.get("restartPolicy") not in {"Never", "OnFailure"},
        lambda spec: spec.pop("restartPolicy"),
        "CronJob",
    ),
    "container-resources": every_container(
        lambda one: lacks(one, "cpu", "memory") or more_than_it_may(one),
        lambda one: one["resources"]["limits"].update(memory="1Mi"),
    ),
    "container-resource-requests-equal-limits": BURST,
    "container-cpu-requests-equal-limits": BURST,
    "container-memory-requests-equal-limits": BURST,
    "container-image-tag": same("latest-tag"),
    "container-image-pull-policy": "a digest is its content: asking the registry at every start would only add a way to fail",
    "container-ephemeral-storage-request-and-limit": every_container(
        lambda one: lacks(one, "ephemeral-storage"),
        lambda one: one["resources"]["limits"].pop("ephemeral-storage"),
    ),
    "container-ephemeral-storage-request-equals-limit": BURST,
    "container-ports-check": every_container(
        lambda one: (
            len({port["name"] for port in one.get("ports", [])}) < len(one.get("ports", []))
            or any(not 0 < port["containerPort"] < 65536 or len(port["name"]) > 15 for port in one.get("ports", []))
        ),
        lambda one: one["ports"].append(one["ports"][0]),
    ),
    "environment-variable-key-duplication": same("duplicate-env-var"),
    "statefulset-has-poddisruptionbudget": no("StatefulSet"),
    "deployment-has-poddisruptionbudget": Check(unbudgeted, without("PodDisruptionBudget")),
    "poddisruptionbudget-has-policy": every_object(
        lambda one: len({"minAvailable", "maxUnavailable"} & {*one["spec"]}) != 1,
        lambda one: one["spec"].pop("maxUnavailable"),
        "PodDisruptionBudget",
    ),
    "pod-networkpolicy": same("non-isolated-pod"),
    "networkpolicy-targets-pod": same("dangling-networkpolicy"),
    "pod-probes": every_container(
        lambda one: not {*PROBES} <= {*one}, lambda one: one.pop("startupProbe"), "Deployment"
    ),
    "pod-probes-identical": every_container(
        alike, lambda one: one["livenessProbe"]["httpGet"].update(path="/readyz"), "Deployment"
    ),
    "container-security-context-user-group-id": every_pod(
        lambda spec: min(spec["securityContext"].get(key, 0) for key in ("runAsUser", "runAsGroup")) < 10001,
        lambda spec: spec["securityContext"].pop("runAsGroup"),
    ),
    "container-security-context-privileged": same("privileged-container"),
    "container-security-context-readonlyrootfilesystem": same("no-read-only-root-fs"),
    "container-seccomp-profile": every_pod(
        lambda spec: spec["securityContext"].get("seccompProfile") != {"type": "RuntimeDefault"},
        lambda spec: spec["securityContext"].pop("seccompProfile"),
    ),
    "service-targets-pod": same("dangling-service"),
    "service-type": same("exposed-services"),
    "stable-version": every_object(
        lambda one: "." not in one["apiVersion"].split("/")[0] and re.search(r"v\d+(alpha|beta)", one["apiVersion"]),
        lambda one: one.update(apiVersion="policy/v1beta1"),
    ),
    "deployment-has-host-podantiaffinity": every_pod(
        lambda spec: (
            not [
                one
                for one in spec["affinity"]["podAntiAffinity"]["preferredDuringSchedulingIgnoredDuringExecution"]
                if one["podAffinityTerm"]["topologyKey"] == "kubernetes.io/hostname"
            ]
        ),
        lambda spec: spec["affinity"]["podAntiAffinity"].update(preferredDuringSchedulingIgnoredDuringExecution=[]),
        "Deployment",
    ),
    "statefulset-has-host-podantiaffinity": no("StatefulSet"),
    "deployment-targeted-by-hpa-does-not-have-replicas-configured": Check(
        fixed_though_scaled, lambda objects: of_kind(objects, "Deployment")[0]["spec"].update(replicas=2)
    ),
    "statefulset-has-servicename": no("StatefulSet"),
    "deployment-pod-selector-labels-match-template-metadata-labels": same("mismatching-selector"),
    "statefulset-pod-selector-labels-match-template-metadata-labels": no("StatefulSet"),
    "label-values": every_object(
        lambda one: [value for value in one["metadata"].get("labels", {}).values() if not LABEL.fullmatch(value)],
        lambda one: one["metadata"].update(labels={"planted": "not a value"}),
    ),
    "horizontalpodautoscaler-has-target": same("dangling-horizontalpodautoscaler"),
    "horizontalpodautoscaler-replicas": every_object(
        lambda one: not 2 <= one["spec"]["minReplicas"] < one["spec"]["maxReplicas"],
        lambda one: one["spec"].update(minReplicas=1),
        "HorizontalPodAutoscaler",
    ),
    "pod-topology-spread-constraints": every_pod(
        lambda spec: (
            {one["topologyKey"] for one in spec.get("topologySpreadConstraints", [])}
            != {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}
        ),
        lambda spec: spec["topologySpreadConstraints"].pop(),
        "Deployment",
    ),
    "deployment-strategy": every_object(
        lambda one: one["spec"]["strategy"].get("rollingUpdate") != {"maxSurge": 1, "maxUnavailable": 0},
        lambda one: one["spec"]["strategy"]["rollingUpdate"].update(maxUnavailable=1),
        "Deployment",
    ),
    "deployment-replicas": Check(single, lambda objects: objects.remove(of_kind(objects, "ScaledObject")[0])).only(
        *CLUSTERED
    ),
}
