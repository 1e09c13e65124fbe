"""kube-linter: its 63 checks by name, each as a check of our own, or the reason why it does not fit here."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.deploy.checks import (
    Check,
    every_container,
    every_object,
    every_pod,
    every_reference,
    every_selector,
    hardened,
    no,
)
from tests.deploy.manifests import Object, Objects, of_kind, template, title, workloads
from tests.deploy.reachability import pods, selects

RBAC = no("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding")
SENSITIVE = {"/", "/boot", "/dev", "/etc", "/lib", "/proc", "/sys", "/usr"}
PORT_NAME = re.compile(r"(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*")


def host_paths(spec: Object) -> list[str]:
    return [volume["hostPath"]["path"] for volume in spec.get("volumes", []) if "hostPath" in volume]


def mount(path: str) -> Check:
    return every_pod(
        lambda spec: [one for one in host_paths(spec) if one in SENSITIVE or one.endswith("docker.sock")],
        lambda spec: spec["volumes"].append({"name": "planted", "hostPath": {"path": path}}),
    )


def port_of(probe: str) -> Check:
    return every_container(
        lambda one: probe in one and one[probe]["httpGet"]["port"] not in {port["name"] for port in one["ports"]},
        lambda one: one[probe]["httpGet"].update(port="planted"),
        "Deployment",
    )


def has(probe: str) -> Check:
    return every_container(lambda one: probe not in one, lambda one: one.pop(probe), "Deployment")


def sharing(namespace: str) -> Check:
    return every_pod(lambda spec: spec.get(namespace), lambda spec: spec.update({namespace: True}))


def listening(port: int, fault: range) -> Check:
    return every_container(
        lambda one: any(each["containerPort"] in fault for each in one.get("ports", [])),
        lambda one: one["ports"].append({"name": "planted", "containerPort": port}),
    )


def requirement(sort: str, resource: str) -> Check:
    return every_container(
        lambda one: resource not in one.get("resources", {}).get(sort, {}),
        lambda one: one["resources"][sort].pop(resource),
    )


def peer_selectors(policy: Object) -> Iterator[Object]:
    for direction, those in (("ingress", "from"), ("egress", "to")):
        for rule in policy["spec"].get(direction, []):
            yield from (one["podSelector"] for one in rule.get(those, []) if set(one) == {"podSelector"})


def alone(objects: Objects) -> list[str]:
    policies = of_kind(objects, "NetworkPolicy")
    labels = {title(one): template(one)["metadata"]["labels"] for one in workloads(objects)}
    return [one for one, worn in labels.items() if not any(selects(p["spec"]["podSelector"], worn) for p in policies)]


def unguarded_services(objects: Objects) -> list[str]:
    known = list(pods(objects))
    return [
        title(one)
        for one in of_kind(objects, "Service")
        if not any(selects({"matchLabels": one["spec"]["selector"]}, pod.labels) for pod in known)
    ]


def drop_policies(objects: Objects) -> None:
    objects[:] = [one for one in objects if one["kind"] != "NetworkPolicy"]


CHECKS: dict[str, Check | str] = {
    "access-to-create-pods": RBAC,
    "access-to-secrets": RBAC,
    "cluster-admin-role-binding": RBAC,
    "dangling-horizontalpodautoscaler": every_reference(
        lambda one: [one["spec"]["scaleTargetRef"]["name"]],
        "Deployment",
        lambda one: one["spec"]["scaleTargetRef"].update(name="planted"),
        "HorizontalPodAutoscaler",
        "ScaledObject",
    ),
    "dangling-ingress": every_reference(
        lambda one: [back["name"] for rule in one["spec"]["rules"] for back in rule.get("backendRefs", [])],
        "Service",
        lambda one: one["spec"]["rules"][0].update(backendRefs=[{"name": "planted"}]),
        "HTTPRoute",  # takes the place of the Ingress here
    ),
    "dangling-networkpolicy": every_selector(
        lambda one: [one["spec"]["podSelector"]],
        lambda one: one["spec"].update(podSelector={"matchLabels": {"planted": ""}}),
        "NetworkPolicy",
    ),
    "dangling-networkpolicypeer-podselector": every_selector(
        peer_selectors,
        lambda one: one["spec"].update(ingress=[{"from": [{"podSelector": {"matchLabels": {"planted": ""}}}]}]),
        "NetworkPolicy",
    ),
    "dangling-service": Check(
        unguarded_services, lambda objects: of_kind(objects, "Service")[0]["spec"].update(selector={"planted": ""})
    ),
    "dangling-servicemonitor": every_selector(
        lambda one: [one["spec"]["selector"]],
        lambda one: one["spec"].update(selector={"matchLabels": {"planted": ""}}),
        "PodMonitor",  # takes the place of the ServiceMonitor here
    ),
    "default-service-account": every_pod(
        lambda spec: spec.get("serviceAccountName", "default") == "default",
        lambda spec: spec.pop("serviceAccountName"),
    ),
    "deprecated-service-account-field": every_pod(
        lambda spec: "serviceAccount" in spec, lambda spec: spec.update(serviceAccount="gateway")
    ),
    "dnsconfig-options": "the names of the place (store, issuer, mail) are its own to look up as its cluster does",
    "docker-sock": mount("/var/run/docker.sock"),
    "drop-net-raw-capability": every_container(
        lambda one: not {"ALL", "NET_RAW"} & {*hardened(one).get("capabilities", {}).get("drop", [])},
        lambda one: hardened(one)["capabilities"].update(drop=["CHOWN"]),
    ),
    "duplicate-env-var": every_container(
        lambda one: len({each["name"] for each in one.get("env", [])}) < len(one.get("env", [])),
        lambda one: one.update(env=[{"name": "A", "value": "1"}, {"name": "A", "value": "2"}]),
    ),
    "env-var-secret": every_container(
        lambda one: [each for each in one.get("env", []) if "secret" in each["name"].lower() and each.get("value")],
        lambda one: one.update(env=[{"name": "HUB_TICKET_SECRET", "value": "planted"}]),
    ),
    "env-var-value-from": every_container(
        lambda one: [each for each in one.get("env", []) if "valueFrom" in each],
        lambda one: one.update(env=[{"name": "A", "valueFrom": {"secretKeyRef": {"name": "planted", "key": "a"}}}]),
    ),
    "exposed-services": every_object(
        lambda one: one["spec"].get("type", "ClusterIP") != "ClusterIP",
        lambda one: one["spec"].update(type="NodePort"),
        "Service",
    ),
    "host-ipc": sharing("hostIPC"),
    "host-network": sharing("hostNetwork"),
    "host-pid": sharing("hostPID"),
    "hpa-minimum-three-replicas": every_object(
        lambda one: one["spec"]["minReplicas"] < 3,
        lambda one: one["spec"].update(minReplicas=2),
        "HorizontalPodAutoscaler",
    ).only("prod"),
    "invalid-target-ports": every_container(
        lambda one: [port for port in one.get("ports", []) if not PORT_NAME.fullmatch(port["name"])],
        lambda one: one["ports"].append({"name": "Not_A_Name", "containerPort": 1}),
    ),
    "job-ttl-seconds-after-finished": every_object(
        lambda one: "ttlSecondsAfterFinished" not in one["spec"].get("jobTemplate", one)["spec"],
        lambda one: one["spec"].get("jobTemplate", one)["spec"].pop("ttlSecondsAfterFinished"),
        "Job",
        "CronJob",
    ),
    "latest-tag": every_container(
        lambda one: not re.search(r"@sha256:[0-9a-f]{64}$|:(?!latest$)[\w.-]+$", one["image"]),
        lambda one: one.update(image="delta-hub:latest"),
    ),
    "liveness-port": port_of("livenessProbe"),
    "minimum-three-replicas": "two of a service are enough: calls and messages wait in its queues while one is replaced",
    "mismatching-selector": every_object(
        lambda one: not selects(one["spec"]["selector"], template(one)["metadata"]["labels"]),
        lambda one: one["spec"].update(selector={"matchLabels": {"planted": ""}}),
        "Deployment",
    ),
    "no-anti-affinity": every_pod(
        lambda spec: "podAntiAffinity" not in spec.get("affinity", {}), lambda spec: spec.pop("affinity"), "Deployment"
    ),
    "no-extensions-v1beta": every_object(
        lambda one: one["apiVersion"].startswith("extensions/v1beta"),
        lambda one: one.update(apiVersion="extensions/v1beta1"),
    ),
    "no-liveness-probe": has("livenessProbe"),
    "no-node-affinity": "any node will do: nothing here needs a processor, a disk or a place of its own",
    "no-read-only-root-fs": every_container(
        lambda one: not hardened(one).get("readOnlyRootFilesystem"),
        lambda one: hardened(one).update(readOnlyRootFilesystem=False),
    ),
    "no-readiness-probe": has("readinessProbe"),
    "no-rolling-update-strategy": every_object(
        lambda one: one["spec"]["strategy"]["type"] != "RollingUpdate",
        lambda one: one["spec"].update(strategy={"type": "Recreate"}),
        "Deployment",
    ),
    "non-existent-service-account": every_reference(
        lambda one: [template(one)["spec"]["serviceAccountName"]],
        "ServiceAccount",
        lambda one: template(one)["spec"].update(serviceAccountName="planted"),
        "Deployment",
        "Job",
        "CronJob",
    ),
    "non-isolated-pod": Check(alone, drop_policies),
    "pdb-max-unavailable": every_object(
        lambda one: one["spec"].get("maxUnavailable") in {0, "0%"},
        lambda one: one["spec"].update(maxUnavailable=0),
        "PodDisruptionBudget",
    ),
    "pdb-min-available": every_object(
        lambda one: "minAvailable" in one["spec"],  # is always the wrong one where replicas come and go
        lambda one: one["spec"].update(minAvailable="100%"),
        "PodDisruptionBudget",
    ),
    "pdb-unhealthy-pod-eviction-policy": every_object(
        lambda one: "unhealthyPodEvictionPolicy" not in one["spec"],
        lambda one: one["spec"].pop("unhealthyPodEvictionPolicy"),
        "PodDisruptionBudget",
    ),
    "priority-class-name": every_pod(
        lambda spec: spec.get("priorityClassName") != "delta-hub", lambda spec: spec.pop("priorityClassName")
    ),
    "privilege-escalation-container": every_container(
        lambda one: hardened(one).get("allowPrivilegeEscalation", True),
        lambda one: hardened(one).pop("allowPrivilegeEscalation"),
    ),
    "privileged-container": every_container(
        lambda one: hardened(one).get("privileged"), lambda one: hardened(one).update(privileged=True)
    ),
    "privileged-ports": listening(80, range(1025)),
    "read-secret-from-env-var": "kit/settings.py reads the environment and nothing else, so that there is one place to look",
    "readiness-port": port_of("readinessProbe"),
    "required-annotation-email": "who owns a hub is known where it runs; an overlay of the place adds it in one line",
    "required-label-owner": "who owns a hub is known where it runs; an overlay of the place adds it in one line",
    "restart-policy": every_pod(
        lambda spec: spec.get("restartPolicy", "Always") == "OnFailure",  # loses the log of what failed
        lambda spec: spec.update(restartPolicy="OnFailure"),
    ),
    "run-as-non-root": every_pod(
        lambda spec: not spec["securityContext"].get("runAsNonRoot") or spec["securityContext"]["runAsUser"] < 10000,
        lambda spec: spec["securityContext"].update(runAsUser=0),
    ),
    "scc-deny-privileged-container": no("SecurityContextConstraints"),
    "sensitive-host-mounts": mount("/etc"),
    "schema-validation": "is held by test_k8s_schemas.py, for every version of Kubernetes from 1.29 on",
    "sorted-keys": "the keys stand in the order in which one reads them; kustomize sorts what is applied",
    "ssh-port": listening(22, range(22, 23)),
    "startup-port": port_of("startupProbe"),
    "unsafe-proc-mount": every_container(
        lambda one: hardened(one).get("procMount", "Default") != "Default",
        lambda one: hardened(one).update(procMount="Unmasked"),
    ),
    "unsafe-sysctls": every_pod(
        lambda spec: spec["securityContext"].get("sysctls"),
        lambda spec: spec["securityContext"].update(sysctls=[{"name": "kernel.sem", "value": "1"}]),
    ),
    "unset-cpu-requirements": requirement("requests", "cpu"),
    "unset-memory-requirements": requirement("limits", "memory"),
    "use-namespace": every_object(
        lambda one: (
            one["kind"] not in {"Namespace", "PriorityClass"}
            and one["metadata"].get("namespace", "default") == "default"
        ),
        lambda one: one.update(kind="Service", metadata={"name": "planted"}),
    ),
    "wildcard-in-rules": RBAC,
    "writable-host-mount": every_pod(
        host_paths, lambda spec: spec["volumes"].append({"name": "planted", "hostPath": {"path": "/srv"}})
    ),
}
