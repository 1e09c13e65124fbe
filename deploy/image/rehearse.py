"""Rehearse: builds the image and runs the hub in it, as root on a Debian where neither Docker nor its registry is in reach.

Buildah performs the Dockerfile, runc runs what comes of it as compose would: not root, no capabilities, nothing to write on
but /tmp and the volume. The base is a stand-in of Debian's own packages, laid out as Docker's official image of Python is.

    python -m deploy.image.rehearse --help
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
import yaml

from deploy.image.bundle import bundle
from deploy.image.tree import digest, megabytes, strays

ROOT = Path(__file__).parents[2]
NEEDED = ("debootstrap", "buildah", "runc")
STAND_IN = "localhost/stand-in-for-python:3.11-slim-bookworm"
IMAGE = "localhost/delta-hub:rehearsal"
NAME = "delta-hub-rehearsal"
SUITE, PACKAGES = "bookworm", "python3,python3-venv,ca-certificates"
# Python and pip where the official image has them, and pip nowhere else.
AS_THE_OFFICIAL_IMAGE = """
site=/usr/local/lib/python3.11/site-packages
python3 -m venv /tmp/seed && mkdir -p "$site" && cp -r /tmp/seed/lib/python3.11/site-packages/. "$site" && rm -r /tmp/seed
echo "$site" > /usr/lib/python3/dist-packages/stand-in.pth
printf '#!/bin/sh\\nexec python -m pip "$@"\\n' > /usr/local/bin/pip && chmod 755 /usr/local/bin/pip
ln -s /usr/bin/python3.11 /usr/local/bin/python
rm -rf /usr/share/python-wheels /var/cache/apt/archives/*.deb
"""
# How this machine reaches its package registries is no business of the Dockerfile.
OF_THIS_MACHINE = ("/etc/ssl/certs", "/etc/pip.conf")
EPOCH = "1767225600"  # any time will do, as long as both builds have the same
PARTS = ("opt/hub", "app", "etc/passwd", "etc/shadow")  # what the hub adds to its base, besides the font
READY_SECONDS = 120
DRAIN_SECONDS = 25  # HUB_DRAIN


class RehearsalError(click.ClickException):
    """A step did not end as it should; the text says which."""


@click.command()
@click.option("--twice", is_flag=True, help="build again and compare what came of it")
@click.option("--volume", "volumes", multiple=True, help="HOST:IMAGE:ro, mounted while the image is built")
@click.option("--base", type=click.Path(path_type=Path), help="an archive of the stand-in, made here for the next time")
def main(*, twice: bool, volumes: tuple[str, ...], base: Path | None) -> None:
    """Build the image, run the hub in it, and say of each step how long it took."""
    missing = [tool for tool in NEEDED if not shutil.which(tool)]
    if os.geteuid() != 0 or missing:
        raise RehearsalError(f"this runs as root on Debian; first apt-get install {' '.join(missing or NEEDED)}")
    with tempfile.TemporaryDirectory(prefix="delta-hub-image-") as folder:
        rehearse(Path(folder), base or Path(folder) / "base.tar", volumes, twice=twice)


def rehearse(folder: Path, base: Path, volumes: Sequence[str], *, twice: bool) -> None:
    """Build below `folder`, look at what was built, and run it."""
    buildah = ["buildah", "--root", f"{folder}/store", "--runroot", f"{folder}/runroot"]
    if not base.exists():
        with step(f"stand-in: debootstrap {SUITE}, Python and pip laid out as in the official image"):
            make_stand_in(folder / "base", base)
    with step("stand-in: into the store of images"):
        container = output([*buildah, "from", "scratch"])
        call([*buildah, "add", "--quiet", container, str(base), "/"])
        call([*buildah, "commit", "--quiet", container, STAND_IN])
        call([*buildah, "rm", container])
    first = build_and_look(buildah, volumes)
    if twice:
        second = build_and_look(buildah, volumes)
        if differing := [part for part in PARTS if first[part] != second[part]]:
            raise RehearsalError(f"the second build, from the same files, made another {', '.join(differing)}")
        click.echo(f"         the second build made the same {', '.join(PARTS)}")
    config = json.loads(output([*buildah, "inspect", "--type", "image", IMAGE]))["OCIv1"]["config"]
    with mounted(buildah) as tree:
        try:
            run_all(folder, tree, config)
        finally:
            call(["runc", "delete", "--force", NAME])  # whatever a step that failed has left running


def make_stand_in(tree: Path, archive: Path) -> None:
    """Write an archive of Debian with Python, which stands in for `python:3.11-slim-bookworm`."""
    call(["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, str(tree)])
    call(["chroot", str(tree), "sh", "-euc", AS_THE_OFFICIAL_IMAGE])
    call(
        [
            "tar",
            "--directory",
            str(tree),
            "--exclude",
            "./proc/*",
            "--exclude",
            "./sys/*",
            "--file",
            str(archive),
            "-c",
            ".",
        ]
    )


def build_and_look(buildah: Sequence[str], volumes: Sequence[str]) -> dict[str, str]:
    """Build the image, print its figures, and return a digest of each part that the hub brings with it."""
    shared = [*volumes, *(f"{path}:{path}:ro" for path in OF_THIS_MACHINE if Path(path).exists())]
    with step("build: every instruction of the Dockerfile"):
        call(
            [
                *buildah, "build", "--isolation", "chroot", "--network", "host", "--format", "docker", "--no-cache",
                *(f"--volume={volume}" for volume in shared),
                *(f"--build-arg={each}" for each in (f"PYTHON_IMAGE={STAND_IN}", f"SOURCE_DATE_EPOCH={EPOCH}")),
                "--tag", IMAGE, str(ROOT),
            ]
        )  # fmt: skip
    with mounted(buildah) as tree:
        if left := strays(tree):
            raise RehearsalError(f"the image holds what only builds need: {left}")
        for path in ("", "usr/share/fonts", *PARTS):
            click.echo(f"         {megabytes(tree / path):7.1f} MB  /{path}")
        return {part: digest(tree / part) for part in PARTS}


def run_all(folder: Path, tree: Path, config: Mapping[str, Any]) -> None:
    """Run the image's commands, each in a container of its own, and the embedded hub from its start to its end."""
    with step("run: hub --help"):
        expect(container(folder, tree, config, ["--help"]), code=0, text="Commands:")
    with step("run: hub gateway without settings ends with a sentence"):
        expect(container(folder, tree, config, ["gateway"]), code=1, text="HUB_AMQP_URI is not set")
    with step(f"run: hub run, until the health check of compose passes (at most {READY_SECONDS} s)"):
        hub = container(folder, tree, config, ["run"])
        wait_until_healthy(hub, health_check())
    with step("run: its own code cannot be written, its volume can"):
        expect(inside(["touch", "/app/written"]), code=1, text="Read-only file system")
        expect(inside(["touch", "/var/lib/hub/written", "/tmp/written"]), code=0, text="")
    with step(f"run: SIGTERM ends it within {DRAIN_SECONDS} s"):
        call(["runc", "kill", NAME, "TERM"])
        expect(hub, code=0, text='"level"', seconds=DRAIN_SECONDS)


def container(folder: Path, tree: Path, config: Mapping[str, Any], command: Sequence[str]) -> subprocess.Popen[str]:
    """A container of the image that runs `hub <command>`, on a volume that stays."""
    place, volume = folder / "bundle", folder / "volume"
    place.mkdir(exist_ok=True)
    if not volume.exists():  # as Docker does: a new volume takes owner and mode of the folder that it covers
        volume.mkdir(mode=0o700)
        os.chown(volume, 10001, 10001)
    (place / "config.json").unlink(missing_ok=True)
    call(["runc", "spec", "--bundle", str(place)])
    spec = json.loads((place / "config.json").read_text())
    (place / "config.json").write_text(json.dumps(bundle(spec, config, tree, command, {"/var/lib/hub": volume})))
    return started(["runc", "run", "--bundle", str(place), NAME])


def inside(command: Sequence[str]) -> subprocess.Popen[str]:
    """A command in the container that runs."""
    return started(["runc", "exec", NAME, *command])


def health_check() -> list[str]:
    """What compose asks the gateway, which the embedded hub answers as well."""
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    how, *command = compose["services"]["gateway"]["healthcheck"]["test"]
    assert how == "CMD"
    return list(command)


def wait_until_healthy(hub: subprocess.Popen[str], check: Sequence[str]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while (probe := inside(check)).wait() != 0:
        if hub.poll() is not None or time.monotonic() > deadline:
            raise RehearsalError(f"the hub is not ready: {probe.communicate()[0]}")
        time.sleep(0.5)


def expect(process: subprocess.Popen[str], *, code: int, text: str, seconds: float = 60) -> None:
    """Wait for the end of a process, which must come in time and leave this exit code and text."""
    said, _ = process.communicate(timeout=seconds)
    if process.returncode != code or text not in said:
        raise RehearsalError(f"exit code {process.returncode} instead of {code}, or no {text!r} in: {said[-2000:]}")


@contextmanager
def mounted(buildah: Sequence[str]) -> Iterator[Path]:
    """The image's tree of files."""
    container = output([*buildah, "from", "--pull-never", IMAGE])
    try:
        yield Path(output([*buildah, "mount", container]))
    finally:
        call([*buildah, "umount", container])
        call([*buildah, "rm", container])


@contextmanager
def step(what: str) -> Iterator[None]:
    """Say what is done and how long it took."""
    click.echo(f"         {what}")
    began = time.monotonic()
    yield
    click.echo(f"{time.monotonic() - began:6.1f} s {what}")


def started(command: Sequence[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def call(command: Sequence[str]) -> None:
    run = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if run.returncode != 0:
        raise RehearsalError(f"{' '.join(command)}: {run.stdout[-4000:]}")


def output(command: Sequence[str]) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


if __name__ == "__main__":
    main()
