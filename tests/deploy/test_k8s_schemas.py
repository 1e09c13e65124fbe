"""Schemas: every object of every folder is one that Kubernetes 1.29 and later, and the operators, would take."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
from jsonschema import Draft202012Validator

from tests.deploy.manifests import FOLDERS, Object, Objects, objects, of_kind, overlay, template, the, title
from tests.deploy.rabbitmq_schemas import SPECS
from tests.house.sources import ROOT

pytestmark = pytest.mark.deploy

OLDEST = 29
INSIDE = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema"
MINORS = sorted(
    {minor for path in INSIDE.glob("v1.*-local-strict") if (minor := int(path.name.split(".")[1])) >= OLDEST}
)
TYPED = {"cert-manager.io", "gateway.networking.k8s.io", "keda.sh", "monitoring.coreos.com", "postgresql.cnpg.io"}
OURS = {"rabbitmq.com", "barmancloud.cnpg.io"}


def group(one: Object) -> str:
    return one["apiVersion"].rpartition("/")[0]


def is_core(one: Object) -> bool:
    return group(one) not in TYPED | OURS


@cache
def every_object() -> dict[str, Object]:
    """What stands in any folder, each different object once."""
    return {json.dumps(one): one for folder in FOLDERS for one in objects(folder)}


@pytest.mark.parametrize("minor", MINORS, ids="1.{}".format)
def test_kubernetes_takes_every_object(minor: int) -> None:
    for one in filter(is_core, every_object().values()):
        kubernetes_validate.validate(one, f"1.{minor}.0", strict=True)


def test_all_versions_that_are_known_are_asked() -> None:
    assert [*range(OLDEST, MINORS[-1] + 1)] == MINORS
    assert MINORS[-1] >= 37


@pytest.mark.parametrize("minor", [MINORS[0], MINORS[-1]], ids="1.{}".format)
def test_a_field_that_kubernetes_has_not_is_noticed(minor: int) -> None:
    gateway = the(overlay("prod"), "Deployment", "gateway")
    template(gateway)["spec"]["terminationGracePeriod"] = 40

    with pytest.raises(kubernetes_validate.ValidationError, match="terminationGracePeriod"):
        kubernetes_validate.validate(gateway, f"1.{minor}.0", strict=True)


def test_the_operators_take_every_object_whose_types_are_published() -> None:
    assert faults([one for one in every_object().values() if group(one) in TYPED]) == []


def test_a_field_or_a_value_that_an_operator_has_not_is_noticed() -> None:
    prod = overlay("prod")
    scaled = the(prod, "ScaledObject", "notify")
    scaled["spec"]["minReplicas"] = 2
    cluster = the(prod, "Cluster", "notify-db")
    cluster["spec"]["instances"] = "three"

    found = faults([scaled, cluster])

    assert [fault for fault in found if fault.startswith("ScaledObject/notify") and "minReplicas" in fault]
    assert [fault for fault in found if fault.startswith("Cluster/notify-db") and "instances" in fault]


def faults(those: Objects) -> list[str]:
    """What does not fit, by the TypeScript types and the models that were generated from the operators' definitions."""
    folder = ROOT / "tests" / "deploy"
    assert (folder / "node_modules").exists(), "run `make check-deploy`, which installs what this test needs"
    command = ["node", str(folder / "custom_resources.mjs")]
    finished = subprocess.run(
        command, input=json.dumps(those), capture_output=True, text=True, timeout=100, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def test_the_brokers_operators_take_every_object() -> None:
    found = {
        title(one): faults
        for one in every_object().values()
        if group(one) in OURS and (faults := [*complaints(one["kind"], one["spec"])])
    }

    assert found == {}


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("RabbitmqCluster", {"replica": 3}),
        ("RabbitmqCluster", {"tls": {"secret": "rabbitmq-tls"}}),
        ("User", {"tags": ["admin"]}),
        ("Permission", {"user": "keda"}),
        ("ObjectStore", {"retentionPolicy": "30 days"}),
    ],
)
def test_a_field_that_the_brokers_operators_have_not_is_noticed(kind: str, fault: dict[str, Any]) -> None:
    one = of_kind(overlay("prod"), kind)[-1]

    assert complaints(kind, one["spec"] | fault)


def complaints(kind: str, spec: Object) -> list[str]:
    return [error.message for error in Draft202012Validator(SPECS[kind]).iter_errors(spec)]


def test_what_overrides_the_brokers_pods_is_a_pod() -> None:
    cluster = the(overlay("prod"), "RabbitmqCluster", "rabbitmq")["spec"]
    pod = template({"kind": "StatefulSet", **cluster["override"]["statefulSet"]})["spec"] | {
        "affinity": cluster["affinity"]
    }

    kubernetes_validate.validate(
        {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "rabbitmq"}, "spec": pod}, "1.37.0", strict=True
    )
