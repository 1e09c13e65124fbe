"""Databases: lets an operator's command into the database of one service, beside the service itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import make_url

from kit.clock import clock_of
from kit.context import Context
from kit.data.db import Database, Session
from kit.data.wakeups import Wakeups
from kit.settings import Settings
from kit.viewer import SYSTEM

NO_HUB = (
    "{file} 不存在：此处尚未启动过枢纽；请先运行 make run，或用 HUB_HOME 指定其数据目录"
    " · {file} is not there: no hub has run here yet; start one with `make run`, or name its folder by HUB_HOME"
)


@contextmanager
def session_of(settings: Settings, service: str) -> Iterator[Session]:
    """One transaction as the hub itself; what it records leaves by the service's own relay.

    Raises ClickException where no hub has ever run: a SQLite file that is not there is not made.
    """
    url = make_url(settings.database(service))
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        raise click.ClickException(NO_HUB.format(file=url.database))
    database = Database(
        settings.database(service),
        clock=clock_of(settings.clock_file),
        wakeups=Wakeups(),
        message_bytes=settings.message_bytes,
    )
    try:
        with database.transaction(Context(viewer=SYSTEM)) as session:
            yield session
    finally:
        database.close()
