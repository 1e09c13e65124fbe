"""Compose and the manifests run the same processes, each is `hub <something>`, and what they set is what the hub reads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from hub.cli import cli
from kit.settings import SERVICES
from tests.house.sources import ROOT, sources

K8S = ROOT / "deploy" / "k8s"
BASE = K8S / "base"
COMPOSE = ROOT / "docker-compose.yml"
VARIABLE = re.compile(r"\$\{(\w+)(?::-[^}]*)?")


def expected() -> dict[str, list[str]]:
    served = {service: ["hub", "serve", service] for service in SERVICES}
    migrated = {f"migrate-{service}": ["hub", "migrate", service] for service in SERVICES}
    return {"gateway": ["hub", "gateway"], **served, **migrated}


def expected_in_manifests() -> dict[str, list[str]]:
    """Besides, what declares the queues."""
    return {**expected(), "declare": ["hub", "broker", "declare"]}


def expected_in_compose() -> dict[str, list[str]]:
    """Besides, what writes the users and queues of its broker, what makes the keys, and what people run."""
    keys = ["hub", "broker", "keys", "--key", "/var/lib/call-key/key.pem", "--keys", "/var/lib/call-keys/keys.json"]
    definitions = ["hub", "broker", "definitions", "--output", "/definitions/definitions.json"]
    return {**expected(), "definitions": definitions, "keys": keys, "operator": ["hub", "doctor"]}


def contracting() -> dict[str, list[str]]:
    """What deploy/k8s/components/contract makes of the migrations."""
    return {f"contract-{service}": ["hub", "migrate", "--contract", service] for service in SERVICES}


def of_the_hub() -> dict[str, Any]:
    """The services of the compose file that run our image; the others run the broker's and the database's."""
    services = yaml.safe_load(COMPOSE.read_text(encoding="utf-8"))["services"]
    return {name: service for name, service in services.items() if "build" in service}


def in_compose() -> dict[str, list[str]]:
    (entrypoint,) = re.findall(r"^ENTRYPOINT (.+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    return {name: json.loads(entrypoint) + service["command"] for name, service in of_the_hub().items()}


def kustomization(folder: Path) -> dict[str, Any]:
    return yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))


def workloads() -> Iterator[dict[str, Any]]:
    """What runs our image, in any file: but patches, and the operator's CronJob, which is filled from the Job of its name."""
    for file in sorted(K8S.rglob("*.yaml")):
        for document in yaml.safe_load_all(file.read_text(encoding="utf-8")):
            if document.get("kind") in {"Deployment", "StatefulSet", "DaemonSet", "Job", "Pod"} and not is_patch(
                document
            ):
                yield document


def is_patch(document: dict[str, Any]) -> bool:
    return document["metadata"]["name"] == "any"


def in_manifests() -> dict[str, list[str]]:
    return {
        workload["metadata"]["name"]: container["command"] + container.get("args", [])
        for workload in workloads()
        for container in workload["spec"]["template"]["spec"]["containers"]
    }


def test_compose_and_the_manifests_run_the_same_processes() -> None:
    assert in_compose() == expected_in_compose()
    assert in_manifests() == {**expected_in_manifests(), "operator": ["hub", "doctor"]}


@pytest.mark.parametrize("command", (expected_in_compose() | contracting()).values(), ids=" ".join)
def test_every_process_is_a_command_of_the_hub(command: list[str]) -> None:
    _, name, *arguments = command

    cli.commands[name].make_context(name, arguments)


def test_a_process_that_the_hub_has_not_would_be_noticed() -> None:
    with pytest.raises(click.BadParameter, match="'projects', 'alliances', 'events', 'notify'"):
        cli.commands["serve"].make_context("serve", ["billing"])


def folders() -> list[Path]:
    return sorted(file.parent for file in K8S.rglob("kustomization.yaml"))


@pytest.mark.parametrize("folder", folders(), ids=lambda folder: str(folder.relative_to(K8S)))
def test_every_file_of_a_folder_has_a_part_in_it(folder: Path) -> None:
    content = kustomization(folder)
    generated = [
        file for one in content.get("configMapGenerator", []) for file in one.get("envs", []) + one.get("files", [])
    ]
    patches = [patch["path"] for patch in content.get("patches", []) if "path" in patch]
    used = {name for name in (*content.get("resources", []), *patches, *generated) if not name.startswith("..")}

    assert {file.name for file in folder.iterdir()} == used | {"kustomization.yaml"}


def test_every_component_is_composed_into_production() -> None:
    components = {folder.name for folder in (K8S / "components").iterdir()}
    composed = {Path(path).name for path in kustomization(K8S / "overlays" / "prod")["components"]}

    assert composed == components - {"contract"}
    assert [Path(path).name for path in kustomization(K8S / "contract" / "prod")["components"]] == ["contract"]


def test_a_process_knows_the_database_of_its_own_service_only() -> None:
    known = {
        name: {key for key in service.get("environment", {}) if key.startswith("HUB_DATABASE_")}
        for name, service in of_the_hub().items()
    }
    assert known == {
        "gateway": set(),
        "definitions": set(),
        "keys": set(),
        "operator": {f"HUB_DATABASE_{service.upper()}" for service in SERVICES},
        **{service: {f"HUB_DATABASE_{service.upper()}"} for service in SERVICES},
        **{f"migrate-{service}": {f"HUB_DATABASE_{service.upper()}"} for service in SERVICES},
    }


def test_every_setting_that_is_set_is_read() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in sources() if path.name == "settings.py")
    read = {f"HUB_{name}" for name in re.findall(r'env\.\w+\(\s*"(\w+)"', source)}
    read |= {f"HUB_DATABASE_{service.upper()}" for service in SERVICES}
    files = [ROOT / "Dockerfile", *(ROOT / "deploy" / "k8s").rglob("*.yaml"), *(ROOT / "deploy" / "k8s").rglob("*.env")]
    written = {name for file in files for name in re.findall(r"\b(HUB_[A-Z_]+)=", file.read_text(encoding="utf-8"))}
    written |= {name for service in of_the_hub().values() for name in service.get("environment", {})}

    assert written - read == set()
    assert {"HUB_HOST", "HUB_DRAIN", "HUB_AMQP_URI", "HUB_OIDC_ISSUER"} <= written


def test_the_example_of_the_environment_names_every_variable_of_compose() -> None:
    text = COMPOSE.read_text(encoding="utf-8")
    taken = {
        name
        for service in of_the_hub().values()
        for name, value in service.get("environment", {}).items()
        if value is None
    }
    example = (ROOT / "deploy" / "compose" / "env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE))

    assert named == taken | set(VARIABLE.findall(text))


def test_the_compose_file_keeps_to_the_compose_specification() -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", str(COMPOSE)]
    run = subprocess.run(check, capture_output=True, text=True, check=False, timeout=60)
    assert run.returncode == 0, run.stdout + run.stderr
