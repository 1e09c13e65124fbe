"""Process: one of the small services as a process of its own on RabbitMQ: `python -m tests.kit.contract.process NAME`."""

import kit.process.green  # noqa: F401, I001 - first: everything after it is cooperative

import sys
from dataclasses import replace

from kit.telemetry.logs import configure
from kit.process.run import serve
from kit.settings import read_settings
from tests.kit.contract.small_services import SERVICES

if __name__ == "__main__":
    configure("INFO")
    serve(SERVICES[sys.argv[1]], replace(read_settings(), databases={sys.argv[1]: sys.argv[2]}))
