"""Secrets: the commands of docs/kubernetes.md make every Secret that production refers to, with settings that the hub takes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from hub.settings import read_settings
from kit.broker.amqp import tls_of
from kit.settings import SERVICES
from tests.deploy.manifests import of_kind, overlay, template
from tests.house.sources import ROOT

pytestmark = pytest.mark.deploy

PAGES = ("kubernetes.md", "kubernetes.zh-CN.md")
MADE_IN_THE_CLUSTER = {"rabbitmq-tls", "authority", "hub-tls", *(f"{service}-db-ca" for service in SERVICES)}
KUBECTL = 'kubectl() { printf "%s\\0" "$@"; printf "\\n"; }\n'
"""Stands in for kubectl: prints what it was asked, one call a line."""
HUB = f'hub() {{ {sys.executable} -m hub "$@" >&2; }}\n'


def named(value: Any, key: str = "") -> Iterator[str]:
    """The Secrets that an object refers to, wherever it does."""
    if isinstance(value, dict):
        if "ecret" in key or key in {"accessKeyId", "secretAccessKey", "certificateRefs"}:
            yield from (value[name] for name in ("name", "secretName") if name in value)
        for inner, one in value.items():
            yield from [one] if inner == "secretName" and isinstance(one, str) else named(one, inner)
    elif isinstance(value, list):
        for one in value:
            yield from named(one, key)


def made(page: str, folder: Path) -> dict[str, dict[str, str]]:
    """Every Secret that the page's commands make, with its values."""
    blocks = re.findall(r"```\n(.+?)```", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.DOTALL)
    (script,) = (block for block in blocks if "kubectl create secret generic broker-$USER" in block)
    finished = subprocess.run(
        ["bash", "-euc", KUBECTL + HUB + script], capture_output=True, text=True, timeout=60, check=False, cwd=folder
    )
    assert finished.returncode == 0, finished.stderr
    calls = [line.split("\0") for line in finished.stdout.splitlines()]
    return {
        call[3]: dict(word.removeprefix("--from-literal=").partition("=")[::2] for word in call[4:] if "=" in word)
        for call in calls
        if call[:3] == ["create", "secret", "generic"]
    }


@pytest.mark.parametrize("page", PAGES)
def test_the_page_makes_every_secret_that_production_refers_to(page: str, tmp_path: Path) -> None:
    wanted = {name for one in overlay("prod") for name in named(one)}

    assert {*made(page, tmp_path)} == wanted - MADE_IN_THE_CLUSTER
    assert wanted >= MADE_IN_THE_CLUSTER


@pytest.mark.parametrize("workload", ["gateway", *SERVICES, "operator"])
def test_a_process_can_start_with_what_the_page_gives_it(
    workload: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets = made("kubernetes.md", tmp_path)
    for name, value in environment(workload, secrets).items():
        monkeypatch.setenv(name, value)

    settings = read_settings()

    assert settings.amqp_uri.startswith(
        f"amqps://{workload}:{secrets[f'broker-{workload}']['password']}@rabbitmq:5671/"
    )
    assert tls_of(settings.amqp_uri)["ca_certs"] == "/run/certificates/rabbitmq/ca.crt"
    for service in SERVICES if workload == "operator" else {workload} & {*SERVICES}:
        url = make_url(settings.database(service))
        assert (url.username, url.host, url.database) == (service, f"{service}-db-rw", service)
        assert url.password == secrets[f"{service}-db-owner"]["password"]
        assert url.query == {
            "sslmode": "verify-full",
            "sslrootcert": f"/run/certificates/{service}-db/ca.crt",
        }


def environment(workload: str, secrets: dict[str, dict[str, str]]) -> dict[str, str]:
    """What the cluster would put into the environment of that workload's container, from what it refers to in order."""
    objects = overlay("prod")
    (owner,) = (one for one in of_kind(objects, "Deployment", "CronJob") if one["metadata"]["name"] == workload)
    maps = {one["metadata"]["name"]: one["data"] for one in of_kind(objects, "ConfigMap")}
    values: dict[str, str] = {}
    for one in template(owner)["spec"]["containers"][0]["envFrom"]:
        values |= maps[one["configMapRef"]["name"]] if "configMapRef" in one else secrets[one["secretRef"]["name"]]
    return values


def test_both_pages_have_the_same_commands() -> None:
    english, chinese = (
        re.findall(r"```\n.+?```", (ROOT / "docs" / page).read_text("utf-8"), re.DOTALL) for page in PAGES
    )

    assert english == chinese
