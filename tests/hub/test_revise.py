"""`hub revise` writes the next migration: what the classes have that the migrations so far do not make."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from hub.cli import cli
from kit.process import migrate

HERE = Path(migrate.__file__).parents[2] / "services" / "alliances" / "migrations"


@pytest.fixture
def first_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations of alliances as they were at first."""
    folder = tmp_path / "alliances" / "migrations"
    folder.mkdir(parents=True)
    [first] = HERE.glob("0001_*.py")
    shutil.copy(first, folder)
    monkeypatch.setattr(migrate, "_SERVICES", tmp_path)
    return folder


def test_revise_writes_what_came_since_and_says_where(first_alone: Path) -> None:
    done = CliRunner().invoke(cli, ["revise", "alliances", "seats of a council"])

    written = first_alone / "0002_seats_of_a_council.py"
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, str(written))
    text = written.read_text(encoding="utf-8")
    assert "down_revision = '0001'" in text
    assert "add_column(sa.Column('traceparent'" in text


def test_revise_knows_no_other_service() -> None:
    done = CliRunner().invoke(cli, ["revise", "nobody", "seats"])

    assert done.exit_code == 2
