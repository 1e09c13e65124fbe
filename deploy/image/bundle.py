"""Bundle: what the image says of itself and what compose demands of it, as a configuration for an OCI runtime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def bundle(
    spec: Mapping[str, Any], image: Mapping[str, Any], tree: Path, command: Sequence[str], volumes: Mapping[str, Path]
) -> dict[str, Any]:
    """`runc spec`, changed so that it runs `command` in the image as `read_only`, `cap_drop: [ALL]` and tmpfs would.

    The container has a network of its own, in which only itself is reached. `volumes` are folders by their path inside.
    """
    user, group = image["User"].split(":")
    process = {
        **spec["process"],
        "terminal": False,
        "user": {"uid": int(user), "gid": int(group)},
        "args": [*image["Entrypoint"], *command],
        "env": image["Env"],
        "cwd": image["WorkingDir"],
        "capabilities": {kind: [] for kind in spec["process"]["capabilities"]},
        "noNewPrivileges": True,
    }
    return {
        **spec,
        "process": process,
        "root": {"path": str(tree), "readonly": True},
        "mounts": [*spec["mounts"], _tmp(), *(_volume(inside, folder) for inside, folder in volumes.items())],
    }


def _tmp() -> dict[str, Any]:
    return {"destination": "/tmp", "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev", "mode=1777"]}


def _volume(inside: str, folder: Path) -> dict[str, Any]:
    return {"destination": inside, "type": "bind", "source": str(folder), "options": ["bind", "rw"]}
