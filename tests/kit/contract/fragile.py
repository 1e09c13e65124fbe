"""Fragile: `notes` with an extension that breaks nameko's container at every call of `fail`, as a process of its own."""

import kit.process.green  # noqa: F401, I001 - first: everything after it is cooperative

import sys
from dataclasses import replace
from typing import Any

from nameko.extensions import DependencyProvider

from kit.telemetry.logs import configure
from kit.process.run import serve
from kit.settings import read_settings
from tests.kit.contract.small_services import NotesService


class Breaking(DependencyProvider):
    def worker_setup(self, worker_ctx: Any) -> None:
        if worker_ctx.entrypoint.method_name == "fail":
            raise RuntimeError("the container breaks")


class FragileService(NotesService):
    breaking = Breaking()


if __name__ == "__main__":
    configure("INFO")
    serve(FragileService, replace(read_settings(), databases={"notes": sys.argv[1]}))
