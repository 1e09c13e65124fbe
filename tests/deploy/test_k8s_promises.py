"""Promises: what the project promises of its deployment, asked of what is rendered and not of what is written."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from kit.settings import SERVICES
from tests.deploy.checks import quantity
from tests.deploy.manifests import (
    CLUSTERED,
    OVERLAYS,
    Object,
    Objects,
    containers,
    objects,
    of_kind,
    overlay,
    template,
    the,
    title,
    workloads,
)

pytestmark = pytest.mark.deploy

PROCESSES = ("gateway", *SERVICES)
DIGEST = re.compile(r"registry\.example\.org/delta-hub@sha256:[0-9a-f]{64}")
NAMESPACES = {"dev": "delta-hub-dev", "staging": "delta-hub-staging", "prod": "delta-hub"}


def settings(name: str) -> dict[str, str]:
    """Those of every process of an overlay."""
    (found,) = (one["data"] for one in of_kind(overlay(name), "ConfigMap") if "HUB_DRAIN" in one["data"])
    return dict(found)


def commands(objects: Objects) -> dict[str, list[str]]:
    return {
        title(one): container["command"] + container.get("args", [])
        for one in workloads(objects)
        for container in containers(one)
    }


@pytest.mark.parametrize("name", OVERLAYS)
def test_an_overlay_runs_every_process_and_migration_and_has_the_operators_pattern(name: str) -> None:
    assert commands(overlay(name)) == {
        "Deployment/gateway": ["hub", "gateway"],
        **{f"Deployment/{service}": ["hub", "serve", service] for service in SERVICES},
        **{f"Job/migrate-{service}": ["hub", "migrate", service] for service in SERVICES},
        "Job/declare": ["hub", "broker", "declare"],
        "CronJob/operator": ["hub", "doctor"],
    }


@pytest.mark.parametrize("name", CLUSTERED)
def test_contracting_is_the_overlay_with_other_jobs(name: str) -> None:
    contracting = objects(f"contract/{name}")

    changed = [one for one in contracting if one not in overlay(name)]
    assert commands(changed) == {
        f"Job/contract-{service}": ["hub", "migrate", "--contract", service] for service in SERVICES
    }
    assert {one["metadata"]["labels"]["app.kubernetes.io/component"] for one in changed} == {"contraction"}
    assert len(contracting) == len(overlay(name))


@pytest.mark.parametrize("name", OVERLAYS)
def test_the_parts_that_are_applied_one_after_the_other_have_a_label_each(name: str) -> None:
    labels = {title(one): one["metadata"].get("labels", {}) for one in overlay(name)}
    key = "app.kubernetes.io/component"

    parts = {one: worn[key] for one, worn in labels.items() if key in worn}

    assert parts == {
        **{f"Deployment/{process}": "process" for process in PROCESSES},
        **{f"Job/migrate-{service}": "migration" for service in SERVICES},
        "Job/declare": "declaration",
    }


@pytest.mark.parametrize("name", OVERLAYS)
def test_the_namespace_is_its_own_and_refuses_pods_that_are_not_restricted(name: str) -> None:
    (namespace,) = of_kind(overlay(name), "Namespace")

    levels = {f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "warn", "audit")}
    versions = {f"pod-security.kubernetes.io/{mode}-version": "v1.29" for mode in ("enforce", "warn", "audit")}
    assert namespace["metadata"]["name"] == NAMESPACES[name]
    assert levels | versions == {k: v for k, v in namespace["metadata"]["labels"].items() if "security" in k}


@pytest.mark.parametrize("name", CLUSTERED)
def test_our_images_are_named_by_their_digest(name: str) -> None:
    images = {container["image"] for one in workloads(overlay(name)) for container in containers(one)}

    assert [image for image in images if not DIGEST.fullmatch(image)] == []
    assert len(images) == 1


@pytest.mark.parametrize("name", OVERLAYS)
@pytest.mark.parametrize("process", PROCESSES)
def test_a_process_is_watched_and_drains(name: str, process: str) -> None:
    spec = template(the(overlay(name), "Deployment", process))["spec"]
    (container,) = spec["containers"]

    port = "http" if process == "gateway" else "health"
    probes = {probe: container[probe]["httpGet"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
    assert probes == {
        "startupProbe": {"path": "/startupz", "port": port},
        "livenessProbe": {"path": "/healthz", "port": port},
        "readinessProbe": {"path": "/readyz", "port": port},
    }
    assert {"name": "health", "containerPort": 8081} in container["ports"]
    assert container["lifecycle"]["preStop"]["exec"]["command"] == ["sleep", "5"]
    assert spec["terminationGracePeriodSeconds"] >= 5 + 2 * drain(name)


def drain(name: str) -> int:
    return int(settings(name)["HUB_DRAIN"])


@pytest.mark.parametrize("name", OVERLAYS)
def test_every_pod_takes_its_settings_by_reference_and_its_own_secret(name: str) -> None:
    for one in workloads(overlay(name)):
        (container,) = containers(one)
        pod = one["metadata"]["name"]
        owner = "operator" if pod == "declare" else pod.removeprefix("migrate-")
        secrets = [each["secretRef"]["name"] for each in container["envFrom"] if "secretRef" in each]
        assert secrets == ([*PROCESSES, owner] if pod == "operator" else [owner])
        assert "env" not in container
        assert template(one)["spec"]["serviceAccountName"] == owner
        assert template(one)["spec"]["automountServiceAccountToken"] is False
    assert of_kind(overlay(name), "Secret") == []


@pytest.mark.parametrize("name", OVERLAYS)
def test_budgets_let_one_replica_go_and_always_one_that_is_broken(name: str) -> None:
    budgets = {one["metadata"]["name"]: one["spec"] for one in of_kind(overlay(name), "PodDisruptionBudget")}

    assert {*PROCESSES} <= {*budgets}
    assert {budgets[process]["maxUnavailable"] for process in PROCESSES} == {1}
    assert {budgets[process]["unhealthyPodEvictionPolicy"] for process in PROCESSES} == {"AlwaysAllow"}


@pytest.mark.parametrize("name", OVERLAYS)
def test_jobs_end(name: str) -> None:
    for one in of_kind(overlay(name), "Job", "CronJob"):
        spec = one["spec"].get("jobTemplate", one)["spec"]
        assert {"backoffLimit", "activeDeadlineSeconds", "ttlSecondsAfterFinished"} <= {*spec}
    cron = the(overlay(name), "CronJob", "operator")["spec"]
    assert (cron["suspend"], cron["concurrencyPolicy"], cron["startingDeadlineSeconds"]) == (True, "Forbid", 300)


def test_an_operator_runs_another_command_as_the_manifest_says() -> None:
    cron = the(overlay("prod"), "CronJob", "operator")
    job = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "parked"}, **cron["spec"]["jobTemplate"]}
    job["metadata"]["name"] = "parked"
    change = {"spec": {"template": {"spec": {"containers": [{"name": "hub", "args": ["parked", "list"]}]}}}}

    patching = ["kubectl", "patch", "--local", "--filename", "-", "--output", "json", "--patch", json.dumps(change)]
    finished = subprocess.run(patching, input=json.dumps(job), capture_output=True, text=True, timeout=60, check=False)

    assert finished.returncode == 0, finished.stderr
    (container,) = containers(json.loads(finished.stdout))
    (before,) = containers(job)
    assert container["command"] + container["args"] == ["hub", "parked", "list"]
    assert container["envFrom"] == before["envFrom"]


@pytest.mark.parametrize("name", CLUSTERED)
def test_the_servers_survive_a_node(name: str) -> None:
    objects = overlay(name)
    broker = the(objects, "RabbitmqCluster", "rabbitmq")["spec"]
    databases = {one["metadata"]["name"]: one["spec"] for one in of_kind(objects, "Cluster")}

    assert {*databases} == {f"{service}-db" for service in SERVICES}
    assert broker["replicas"] == 3
    assert broker["tls"]["disableNonTLSListeners"] is True
    assert "cluster_partition_handling = pause_minority" in broker["rabbitmq"]["additionalConfig"]
    for spec in (broker, *databases.values()):
        assert spec["resources"]["requests"] == spec["resources"]["limits"]
    for spec in databases.values():
        assert spec["instances"] == 3
        assert spec["postgresql"]["synchronous"]["dataDurability"] == "required"
        assert "hostnossl all all all reject" in spec["postgresql"]["pg_hba"]


@pytest.mark.parametrize("name", CLUSTERED)
def test_every_database_is_backed_up_daily_and_archives_its_log(name: str) -> None:
    objects = overlay(name)
    (store,) = of_kind(objects, "ObjectStore")
    backups = {one["spec"]["cluster"]["name"]: one["spec"] for one in of_kind(objects, "ScheduledBackup")}

    assert {*backups} == {one["metadata"]["name"] for one in of_kind(objects, "Cluster")}
    assert len({backup["schedule"] for backup in backups.values()}) == len(backups)
    for backup in backups.values():
        assert re.fullmatch(r"0 \d+ \d+ \* \* \*", backup["schedule"])
    for one in of_kind(objects, "Cluster"):
        (plugin,) = one["spec"]["plugins"]
        assert plugin["isWALArchiver"] is True
        assert plugin["parameters"]["barmanObjectName"] == store["metadata"]["name"]
        assert plugin["name"] == backups[one["metadata"]["name"]]["pluginConfiguration"]["name"]
    assert name != "prod" or store["spec"]["retentionPolicy"] == "30d"


def test_the_databases_have_a_connection_for_every_process_that_there_may_be() -> None:
    prod = overlay("prod")

    for service in SERVICES:
        most = the(prod, "ScaledObject", service)["spec"]["maxReplicaCount"] + 1  # one more while it rolls
        allowed = int(the(prod, "Cluster", f"{service}-db")["spec"]["postgresql"]["parameters"]["max_connections"])
        assert allowed >= most * 30 + 20  # HUB_POOL_SIZE; and migrations, the operator's commands, replication


def test_staging_has_every_kind_of_thing_that_production_has() -> None:
    def kinds(name: str) -> list[str]:
        return sorted(title(one) for one in overlay(name) if one["kind"] not in {"Namespace", "ConfigMap"})

    assert kinds("staging") == kinds("prod")


def test_staging_asks_for_less_than_production() -> None:
    assert memory(overlay("staging")) < memory(overlay("prod")) / 2


def memory(objects: Objects) -> float:
    def asked(one: Object) -> float:
        count = one["spec"].get("replicas") or one["spec"].get("instances") or 1
        return count * quantity(one["spec"]["resources"]["requests"]["memory"])

    return sum(asked(one) for one in of_kind(objects, "RabbitmqCluster", "Cluster"))


@pytest.mark.parametrize("name", CLUSTERED)
def test_what_people_reach_shows_no_schema_and_answers_under_its_own_name(name: str) -> None:
    given = settings(name)

    assert given["HUB_INTROSPECTION"] == "false"
    assert given["HUB_PUBLIC_URL"] == f"https://{given['HUB_HOSTS']}"


def test_development_shows_its_schema() -> None:
    assert "HUB_INTROSPECTION" not in settings("dev")
