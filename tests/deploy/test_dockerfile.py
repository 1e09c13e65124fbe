"""The Dockerfile: the image holds the hub and nothing to build with, and its rehearsal sees what would be wrong."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import click.testing
import pytest

from deploy.image import rehearse
from deploy.image.bundle import bundle
from deploy.image.tree import digest, megabytes, strays
from tests.house.sources import ROOT

DOCKERFILE = ROOT / "Dockerfile"
TITLE = "org.opencontainers.image."
IMAGE = {"User": "10001:10001", "Entrypoint": ["hub"], "Env": ["HUB_HOME=/var/lib/hub"], "WorkingDir": "/var/lib/hub"}
SPEC = {
    "process": {"terminal": True, "args": ["sh"], "user": {"uid": 0}, "capabilities": {"bounding": ["CAP_KILL"]}},
    "root": {"path": "rootfs"},
    "mounts": [{"destination": "/proc"}],
    "linux": {"namespaces": [{"type": "network"}]},
}


def instructions() -> list[tuple[str, str]]:
    """Every instruction with its arguments, in order; lines that go on are one."""
    text = re.sub(r"^\s*#.*\n", "", DOCKERFILE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    lines = re.sub(r"\\\n", " ", text).splitlines()
    return [(name, arguments.strip()) for name, _, arguments in (line.partition(" ") for line in lines if line)]


def last_stage() -> list[tuple[str, str]]:
    all_ = instructions()
    start = max(place for place, (name, _) in enumerate(all_) if name == "FROM")
    return all_[start:]


def of(name: str, stage: list[tuple[str, str]]) -> list[str]:
    return [arguments for each, arguments in stage if each == name]


def copied_from_the_context() -> set[str]:
    sources = [shlex.split(arguments) for arguments in of("COPY", instructions())]
    return {source for first, *more in sources if not first.startswith("--from=") for source in [first, *more[:-1]]}


def test_the_linter_of_dockerfiles_finds_nothing() -> None:
    run = subprocess.run(
        [Path(sys.executable).parent / "hadolint", DOCKERFILE], capture_output=True, text=True, check=False
    )

    assert (run.returncode, run.stdout) == (0, "")


def test_every_stage_stands_on_the_one_base_that_a_release_pins() -> None:
    bases = [arguments.split(" AS ")[0] for arguments in of("FROM", instructions())]

    assert instructions()[0] == ("ARG", "PYTHON_IMAGE=python:3.11-slim-bookworm")
    assert bases == ["${PYTHON_IMAGE}", "build", "${PYTHON_IMAGE}", "${PYTHON_IMAGE}"]


def test_the_last_stage_runs_the_hub_as_nobody_in_particular() -> None:
    stage = last_stage()

    assert of("USER", stage) == ["10001:10001"]
    assert of("ENTRYPOINT", stage) == ['["hub"]']
    assert of("STOPSIGNAL", stage) == ["SIGTERM"]
    assert of("HEALTHCHECK", stage) == ["NONE"]


def test_the_last_stage_installs_nothing_and_loses_what_could() -> None:
    (run,) = of("RUN", last_stage())

    assert run.startswith("rm -rf /usr/local/bin/pip* ")
    assert not re.search(r"apt-get|python -m pip|curl|wget", run)


def test_what_is_installed_is_locked_by_digest_and_never_built() -> None:
    installs = [run for run in of("RUN", instructions()) if "python -m pip " in run]

    assert len(installs) == 2
    for install in installs:
        assert "--require-hashes" in install
        assert "--only-binary :all:" in install


def test_the_image_says_what_it_is() -> None:
    (label,) = of("LABEL", last_stage())
    said = dict(each.split("=", 1) for each in shlex.split(label))
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert said[f"{TITLE}licenses"] == version["license"]
    assert {name: said[f"{TITLE}{name}"] for name in ("version", "revision", "base.name")} == {
        "version": "${VERSION}",
        "revision": "${REVISION}",
        "base.name": "${PYTHON_IMAGE}",
    }


def test_every_package_of_the_hub_is_in_the_image() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}

    assert copied_from_the_context() == packages | {
        "LICENSE",
        "NOTICE",
        "requirements.lock",
        "requirements-supply.lock",
    }


def test_only_what_is_copied_enters_the_build() -> None:
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {rule.removeprefix("!") for rule in rules if rule.startswith("!")}

    assert "*" in rules
    assert let_in == copied_from_the_context()
    assert all((ROOT / source).exists() for source in let_in)


def test_a_container_of_the_rehearsal_has_no_more_rights_than_in_compose(tmp_path: Path) -> None:
    made = bundle(SPEC, IMAGE, Path("/image"), ["run"], {"/var/lib/hub": tmp_path})

    assert made["root"] == {"path": "/image", "readonly": True}
    assert made["linux"] == SPEC["linux"]
    assert made["process"] == {
        "terminal": False,
        "user": {"uid": 10001, "gid": 10001},
        "args": ["hub", "run"],
        "env": IMAGE["Env"],
        "cwd": "/var/lib/hub",
        "capabilities": {"bounding": []},
        "noNewPrivileges": True,
    }
    assert [mount["destination"] for mount in made["mounts"]] == ["/proc", "/tmp", "/var/lib/hub"]


def test_the_rehearsal_sees_tools_that_only_builds_need(tmp_path: Path) -> None:
    for path in ("usr/bin/gcc", "opt/hub/lib/python3.11/site-packages/pip/main.py", "opt/hub/bin/hub"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).touch()

    assert strays(tmp_path) == ["opt/hub/lib/python3.11/site-packages/pip", "usr/bin/gcc"]


def test_the_rehearsal_tells_two_trees_apart_by_content_and_mode_but_not_by_time(tmp_path: Path) -> None:
    file = tmp_path / "app" / "file"
    file.parent.mkdir()
    file.write_text("one")
    first = digest(tmp_path)

    os.utime(file, (0, 0))
    assert digest(tmp_path) == first
    file.chmod(0o700)
    assert digest(tmp_path) != first
    file.chmod(0o644)
    file.write_text("two")
    assert digest(tmp_path) != first


def test_a_file_with_two_names_is_weighed_once(tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(b"x" * 1_000_000)
    (tmp_path / "two").hardlink_to(tmp_path / "one")

    assert megabytes(tmp_path) == pytest.approx(1.0)


def test_the_rehearsal_asks_the_question_that_compose_asks() -> None:
    program, *_, question = rehearse.health_check()

    assert program == "python"
    assert "http://127.0.0.1:8000/readyz" in question


def test_without_its_tools_the_rehearsal_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    result: Any = click.testing.CliRunner().invoke(rehearse.main, [])

    assert result.exit_code == 1
    assert "apt-get install debootstrap buildah runc" in result.output
