"""Supply: what the image ships is listed with its licence, and may be shipped."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.image.notice import licences, locked, normal, notice
from tests.house.sources import ROOT

BILL = ROOT / ".venv-supply" / "bin" / "cyclonedx-py"
REFUSED = ("AGPL", "GNU General Public", "SSPL", "Proprietary", "UNKNOWN LICENSE")

pytestmark = pytest.mark.deploy


@pytest.fixture(scope="module")
def bom() -> dict[str, Any]:
    """The bill of materials of this environment, which holds more than the image does."""
    made = ["environment", "--output-reproducible", "--gather-license-texts", str(Path(sys.executable))]
    run = subprocess.run([BILL, *made], capture_output=True, text=True, check=True)
    return dict(json.loads(run.stdout))


@pytest.fixture(scope="module")
def shipped() -> set[str]:
    return locked((ROOT / "requirements.lock").read_text(encoding="utf-8"))


def test_the_notice_names_all_that_is_shipped(bom: dict[str, Any], shipped: set[str]) -> None:
    """`make notice` writes it again."""
    assert (ROOT / "NOTICE").read_text(encoding="utf-8") == notice(bom, shipped)


def test_each_package_has_a_licence_under_which_it_may_be_shipped(bom: dict[str, Any], shipped: set[str]) -> None:
    said = {normal(each["name"]): licences(each) for each in bom["components"] if normal(each["name"]) in shipped}

    assert set(said) == shipped
    assert [name for name, them in said.items() if not them] == []
    assert [name for name, them in said.items() if any(word in one for one in them for word in REFUSED)] == []


def test_a_package_that_the_bill_does_not_know_is_not_passed_over(bom: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        notice(bom, ["nobody-has-heard-of-it"])


@pytest.mark.parametrize(
    ("component", "names"),
    [
        ({"licenses": [{"expression": "MIT OR Apache-2.0"}]}, ["MIT OR Apache-2.0"]),
        ({"licenses": [{"license": {"name": "License :: OSI Approved"}}, {"license": {"id": "MIT"}}]}, ["MIT"]),
        ({"licenses": [{"license": {"name": "License :: OSI Approved :: BSD License"}}]}, ["BSD License"]),
        ({"licenses": [{"license": {"name": "declared license of 'x'", "text": {"content": "BSD"}}}]}, ["BSD"]),
        ({"licenses": [{"license": {"name": "declared license of 'x'", "text": {"content": "a\nb"}}}]}, []),
        ({}, []),
    ],
)
def test_a_licence_is_named_in_words_and_not_by_its_text(component: dict[str, Any], names: list[str]) -> None:
    assert licences(component) == names
