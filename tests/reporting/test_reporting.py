"""What a run prints: each test is counted in the part that answers for it; what was left out is said with its reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.reporting.figures import BUDGETS, part_of

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("nodeid", "part"),
    [
        ("tests/kit/contract/test_calls.py::test_a", "kit"),
        ("tests/services/events/judging/works/test_b.py::test_c[x/y]", "services/events"),
        ("tests/services/test_d.py::test_e", "services"),
    ],
)
def test_a_test_counts_in_the_part_of_its_folder(nodeid: str, part: str) -> None:
    assert part_of(nodeid) == part


def test_every_part_has_a_budget() -> None:
    files = (path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py"))

    assert {part_of(file) for file in files} - BUDGETS.keys() == set()


@pytest.mark.parametrize("processes", [[], ["-n", "1"]])
def test_the_run_says_that_the_founding_papers_are_not_there(tmp_path: Path, processes: list[str]) -> None:
    (tmp_path / "project/tests/reporting").mkdir(parents=True)
    plugin = (ROOT / "tests/reporting/founding.py").read_text()
    (tmp_path / "project/tests/reporting/founding.py").write_text(plugin)
    (tmp_path / "project/tests/conftest.py").write_text('pytest_plugins = ["tests.reporting.founding"]\n')
    (tmp_path / "project/pyproject.toml").write_text(
        '[tool.pytest.ini_options]\npythonpath = ["."]\nmarkers = ["founding"]\n'
    )
    test = "import pytest\n@pytest.mark.founding\ndef test_one(): pass\ndef test_two(): pass\n"
    (tmp_path / "project/tests/test_papers.py").write_text(test)

    command = [sys.executable, "-m", "pytest", "-p", "no:pytest_nameko", "-p", "no:cacheprovider", *processes]
    without = subprocess.run(
        command, cwd=tmp_path / "project", capture_output=True, text=True, check=False, timeout=100
    )
    (tmp_path / "shared/seeds").mkdir(parents=True)
    with_papers = subprocess.run(
        command, cwd=tmp_path / "project", capture_output=True, text=True, check=False, timeout=100
    )

    said = f"not run: 1 tests on the founding papers, because there is no {tmp_path / 'shared/seeds'}"
    assert (said in without.stdout, "1 passed" in without.stdout, "skipped" in without.stdout) == (True, True, False)
    assert ("not run" in with_papers.stdout, "2 passed" in with_papers.stdout) == (False, True)
