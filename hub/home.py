"""Home: the folder of an embedded hub, which one hub at a time works in."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from kit.own_files import FILE, own_folder

LOCK = "running"
TAKEN = (
    "另一个枢纽（进程 {process}）正在使用 {home}；请先停止它，或用 HUB_HOME 指定其他目录"
    " · another hub (process {process}) runs on {home}: stop it, or name another folder by HUB_HOME"
)

NAMED = "数据目录 · HUB_HOME    {home}"
UNUSED = "（此处尚未运行过枢纽 · no hub of one process has run in it yet）"


def named(home: Path) -> str:
    """Which folder a command looks at, and whether a hub has ever run there: one of an earlier release left databases alone."""
    used = (home / LOCK).exists() or any(home.glob("*.sqlite3"))
    return NAMED.format(home=home.absolute()) + ("" if used else UNUSED)


@contextmanager
def alone_in(home: Path) -> Iterator[None]:
    """While it is entered, no other hub starts in this folder; raises ClickException where one runs.

    The lock is the process's own: it ends with the process, however that ends.
    """
    descriptor = os.open(own_folder(home) / LOCK, os.O_CREAT | os.O_RDWR, FILE)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        process = os.read(descriptor, 20).decode().strip()
        os.close(descriptor)
        raise click.ClickException(TAKEN.format(process=process or "?", home=home.absolute())) from None
    try:
        os.truncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
        yield
    finally:
        os.close(descriptor)
