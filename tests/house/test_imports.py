"""What a process imports at its start: only what it runs on, since each module is time and memory of every replica."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.sources import ROOT

DRAWING = {"fpdf", "fontTools", "openpyxl", "PIL"}
SOLVING = {"numpy", "scipy", "ortools", "highspy"}
STORES = {"boto3", "botocore"}
READING_ALOUD = {"pypinyin"}
SERVING = {"starlette", "uvicorn", "graphene", "graphql", "icalendar"}
"""What only the gateway does."""

GATEWAY = "hub.gateway"
SERVICE = "kit.process.green, kit.process.run, services.{0}.service"
UNUSED = {
    GATEWAY: {"sqlalchemy", "alembic", "psycopg2", "nameko", "eventlet", *DRAWING, *SOLVING, *STORES, *READING_ALOUD},
    "kit.telemetry.quiet, hub.run": {*DRAWING, *SOLVING, *STORES, *READING_ALOUD, "dns"},
    **{
        SERVICE.format(name): {*SERVING, *DRAWING, *SOLVING, *STORES, *READING_ALOUD, "gateway"}
        for name in ("projects", "alliances", "events", "notify")
    },
}


@pytest.mark.parametrize("modules", UNUSED)
def test_a_process_imports_nothing_that_only_another_or_few_requests_need(modules: str) -> None:
    printed = f"import sys, {modules}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", printed], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert set(run.stdout.split()) & UNUSED[modules] == set()
