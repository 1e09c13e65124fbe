"""Install: finds what is there, says exactly what is missing, and starts no service of the system."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.servers import install
from tests.servers.install import MissingServerError, Needed, require

ABSENT = Needed("no-such-program", "no-such-package")


def test_newest_version_in_the_listed_folders_comes_before_the_path(tmp_path: Path) -> None:
    for version in ("9", "15"):
        (tmp_path / version).mkdir()
        (tmp_path / version / "sh").touch()

    found = require(Needed("sh", "dash", (f"{tmp_path}/*",)))

    assert found == tmp_path / "15" / "sh"


def test_program_on_the_path_is_found() -> None:
    assert require(Needed("sh", "dash")).name == "sh"


def test_without_root_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(MissingServerError) as error:
        require(ABSENT)

    chinese, english = str(error.value).splitlines()
    command = "apt-get update && apt-get install no-such-package"
    assert (
        chinese
        == f"测试需要 no-such-program，这里没有，也无法自动安装。请以 root 身份在 Debian 或 Ubuntu 上执行: {command}"
    )
    assert english == (
        "The tests need no-such-program, which is not here and cannot be installed from here. "
        f"As root on Debian or Ubuntu: {command}"
    )


def test_debian_is_told_to_start_no_service_only_while_packages_are_installed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    policy = tmp_path / "policy-rc.d"
    answers: list[int] = []

    def apt_get(command: list[str], **_: object) -> subprocess.CompletedProcess[bytes]:
        answers.append(subprocess.call([policy]))
        return subprocess.CompletedProcess(command, 100)

    monkeypatch.setattr(install, "POLICY", policy)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(install.shutil, "which", lambda name: f"/usr/bin/{name}" if name == "apt-get" else None)
    monkeypatch.setattr(install.subprocess, "run", apt_get)

    with pytest.raises(MissingServerError):
        install.install([ABSENT])

    assert answers == [101]
    assert not policy.exists()
