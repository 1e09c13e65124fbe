"""checkov: no check of any folder, nor of the Dockerfile, fails; and what it does not ask has a reason."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.deploy.manifests import FOLDERS, objects, text
from tests.house.sources import ROOT

pytestmark = [pytest.mark.deploy, pytest.mark.timeout(900)]

SETTINGS = ROOT / ".checkov.yaml"
CHECKOV = ROOT / ".venv-deploy" / "bin" / "checkov"
LEAST = dict.fromkeys(FOLDERS, 800)
"""Checks that must have been asked of a folder, so that a scan that saw nothing does not pass."""


def checkov(*arguments: str) -> dict[str, Any]:
    assert CHECKOV.exists(), "run `make check-deploy`, which installs what this test needs"
    command = [str(CHECKOV), "--config-file", str(SETTINGS), "--output", "json", "--soft-fail", *arguments]
    finished = subprocess.run(command, capture_output=True, text=True, timeout=250, check=False, cwd=ROOT)
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def test_no_folder_fails_a_check(tmp_path: Path) -> None:
    files = {folder: tmp_path / f"{folder.replace('/', '-')}.yaml" for folder in FOLDERS}
    for folder, file in files.items():
        file.write_text(text(folder), encoding="utf-8")

    scan = checkov("--framework", "kubernetes", "--directory", str(tmp_path))

    results = scan["results"]
    assert [one["check_id"] + " " + one["resource"] for one in results["failed_checks"]] == []
    assert scan["summary"]["parsing_errors"] == 0
    figures = {folder: asked(results, file) for folder, file in files.items()}
    assert {folder: least for folder, least in LEAST.items() if figures[folder]["passed"] < least} == {}


def asked(results: dict[str, Any], file: Path) -> dict[str, int]:
    return {
        sort: sum(Path(one["file_path"]).name == file.name for one in results[f"{sort}_checks"])
        for sort in ("passed", "failed", "skipped")
    }


def test_the_dockerfile_fails_no_check() -> None:
    scan = checkov("--framework", "dockerfile", "--file", "Dockerfile")

    assert scan["results"]["failed_checks"] == []
    assert scan["summary"]["passed"] >= 10


def test_a_violation_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "prod.yaml"
    file.write_text(text("overlays/prod").replace("readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", 1))

    results = checkov("--framework", "kubernetes", "--file", str(file))["results"]

    assert [one["check_id"] for one in results["failed_checks"]] == ["CKV_K8S_22"]


def test_every_exception_has_a_reason() -> None:
    lines = re.findall(r"^  - (CKV\w+)(?: # (.+))?$", SETTINGS.read_text(encoding="utf-8"), re.MULTILINE)

    assert [check for check, _ in lines] == yaml.safe_load(SETTINGS.read_text(encoding="utf-8"))["skip-check"]
    assert [check for check, reason in lines if len(reason.split()) < 6] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_exception_of_one_object_has_a_reason(folder: str) -> None:
    exceptions = [
        value
        for one in objects(folder)
        for key, value in one["metadata"].get("annotations", {}).items()
        if key.startswith("checkov.io/")
    ]

    assert [one for one in exceptions if not re.fullmatch(r"CKV_K8S_\d+=(\S+ ){5,}\S+", one)] == []
    assert folder == "overlays/dev" or exceptions == []
