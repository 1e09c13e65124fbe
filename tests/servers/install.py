"""Install: puts what the tests need on this machine (servers, a browser, fonts), from Debian's packages, or says what is missing.

`python tests/servers/install.py` installs all of them; each server installs its own when it is started alone.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Needed:
    """A program that the tests start, its Debian package, and folders (glob patterns) to look into before PATH."""

    program: str
    package: str
    folders: tuple[str, ...] = ()


# Debian's own folders come first: its commands on PATH are wrappers that change user and refuse anyone but root.
RABBITMQ = Needed("rabbitmq-server", "rabbitmq-server", ("/usr/lib/rabbitmq/bin",))
POSTGRESQL = Needed("initdb", "postgresql", ("/usr/lib/postgresql/*/bin",))
NODE = Needed("node", "nodejs")
NPM = Needed("npm", "npm")
PROMETHEUS = Needed("promtool", "prometheus")
CHROMIUM = Needed("chromium", "chromium", ("/usr/bin",))
FONT = Needed("NotoSerifCJK-Regular.ttc", "fonts-noto-cjk", ("/usr/share/fonts/opentype/noto",))
FONTS = (
    Needed("NotoSerif-Regular.ttf", "fonts-noto-core", ("/usr/share/fonts/truetype/noto",)),
    Needed("HanaMinB.ttf", "fonts-hanazono", ("/usr/share/fonts/truetype/hanazono",)),
    Needed("BabelStoneHan.ttf", "fonts-babelstone-han", ("/usr/share/fonts/truetype/babelstone",)),
)

# Debian starts a server as soon as it is installed; this file is its documented way to forbid that (invoke-rc.d(8)).
POLICY = Path("/usr/sbin/policy-rc.d")


class MissingServerError(RuntimeError):
    """A program is not on this machine and cannot be installed from here; the text says what to install."""


def require(needed: Needed) -> Path:
    """The path of the program, installed first when it is missing; raises MissingServerError."""
    if not _found(needed):
        install([needed])
    path = _found(needed)
    if path is None:
        raise MissingServerError(_advice([needed]))
    return path


def install(all_needed: Sequence[Needed]) -> None:
    """Install those that are missing; raises MissingServerError without root or apt-get, or when apt-get fails."""
    missing = [needed for needed in all_needed if not _found(needed)]
    if not missing:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise MissingServerError(_advice(missing))
    with _no_services_started():
        _apt_get("update", missing)
        _apt_get("install", missing, "--yes", "--no-install-recommends", *[needed.package for needed in missing])


def _found(needed: Needed) -> Path | None:
    for pattern in needed.folders:
        folders = sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True)
        for folder in folders:
            if (folder / needed.program).exists():
                return folder / needed.program
    on_path = shutil.which(needed.program)
    return Path(on_path) if on_path else None


def _version(folder: Path) -> int:
    return next((int(part) for part in folder.parts if part.isdigit()), 0)


def _apt_get(verb: str, missing: Sequence[Needed], *arguments: str) -> None:
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", verb, "--quiet", "--option", "DPkg::Lock::Timeout=300", *arguments]
    print("+", " ".join(command), flush=True)
    if subprocess.run(command, env=environment, check=False).returncode != 0:
        raise MissingServerError(_advice(missing))


@contextmanager
def _no_services_started() -> Iterator[None]:
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink()


def _advice(missing: Sequence[Needed]) -> str:
    programs = ", ".join(needed.program for needed in missing)
    command = "apt-get update && apt-get install " + " ".join(needed.package for needed in missing)
    return (
        f"测试需要 {programs}，这里没有，也无法自动安装。请以 root 身份在 Debian 或 Ubuntu 上执行: {command}\n"
        f"The tests need {programs}, which is not here and cannot be installed from here. "
        f"As root on Debian or Ubuntu: {command}"
    )


if __name__ == "__main__":
    try:
        install([RABBITMQ, POSTGRESQL, NODE, NPM, PROMETHEUS, CHROMIUM, FONT, *FONTS])
    except MissingServerError as missing:
        sys.exit(str(missing))
