"""Fragile: `notes` whose runtime breaks at every call of `fail`, and the container with it, as a process of its own."""

import kit.process.green  # noqa: F401, I001 - first: everything after it is cooperative

import sys
from dataclasses import replace

from kit.telemetry.logs import configure
from kit.process import run
from kit.process.runtime import Runtime
from kit.settings import read_settings
from kit.wire.request import Payload, Request
from tests.kit.contract.small_services import NotesService


class FragileRuntime(Runtime):
    def answer(self, request: Request) -> Payload | None:
        if request.method == "fail":
            raise RuntimeError("the container breaks")
        return super().answer(request)


if __name__ == "__main__":
    configure("INFO")
    run.Runtime = FragileRuntime
    run.serve(NotesService, replace(read_settings(), databases={"notes": sys.argv[1]}))
