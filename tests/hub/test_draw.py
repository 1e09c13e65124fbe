"""`hub draw`: a published draw is repeated offline, and whatever was changed in it is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hub.cli import cli
from procedures.draws.draw import Line, Quotas, Secret, commitment
from services.events.judging.judges.document import document

SECRETS = {"organizer": Secret("梅花三弄", "a1" * 32), "supervisor": Secret("20260302", "b2" * 32)}


def a_document() -> dict[str, Any]:
    return document(
        draw_id="draw",
        stage_id="stage",
        quotas=Quotas(seats=3, most_per_province=2, least_per_province={}),
        roster=[Line(f"candidate-{n}", f"organization-{n}", ("310000", "340000")[n % 2]) for n in range(8)],
        commitments={party: commitment(secret) for party, secret in SECRETS.items()},
        secrets=SECRETS,
    )


def verify(folder: Path, content: str) -> Result:
    file = folder / "draw.json"
    file.write_text(content, encoding="utf-8")
    return CliRunner().invoke(cli, ["draw", "verify", str(file)])


def test_draw_verify_finds_nothing_in_what_was_published(tmp_path: Path) -> None:
    result = verify(tmp_path, json.dumps(a_document(), ensure_ascii=False, indent=2))

    assert (result.exit_code, result.output) == (0, "一致 · everything comes out as it is stated\n")


def test_draw_verify_names_what_was_changed_and_ends_with_1(tmp_path: Path) -> None:
    stated = a_document()
    stated["panel"] = [*stated["panel"][1:], stated["order"][-1]]

    result = verify(tmp_path, json.dumps(stated))

    assert result.exit_code == 1
    assert result.output.startswith("panel: 文件所载 · stated [") and result.output.count("\n") == 1


@pytest.mark.parametrize(
    "content", ["", "[]", "{", "null", '"x"', "{}", '{"format": "another"}', "\x00", '{"roster": {"a": [1e999]}}']
)
def test_draw_verify_says_of_what_is_no_published_draw_that_it_is_none(tmp_path: Path, content: str) -> None:
    result = verify(tmp_path, content)

    assert result.exit_code == 1
    assert result.output.startswith("Error: 这不是抽签公示文件 · this is no published draw: ")


def test_draw_verify_says_so_where_there_is_no_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["draw", "verify", str(tmp_path / "none.json")])

    assert result.exit_code == 1
    assert "this is no published draw" in result.output


@pytest.mark.parametrize("options", [[], ["--secret", "梅花三弄"]])
def test_draw_commit_makes_what_the_hub_takes(options: list[str]) -> None:
    result = CliRunner().invoke(cli, ["draw", "commit", *options])

    made = dict(line.split(maxsplit=1) for line in result.output.splitlines())
    assert commitment(Secret(made["secret"], made["nonce"])) == made["commitment"]
    assert len(made["nonce"]) == 64
    assert not options or made["secret"] == "梅花三弄"


def test_two_commitments_are_never_the_same() -> None:
    assert CliRunner().invoke(cli, ["draw", "commit"]).output != CliRunner().invoke(cli, ["draw", "commit"]).output
