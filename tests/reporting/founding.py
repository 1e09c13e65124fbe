"""Founding: the tests on the founding papers run where those lie beside the project; where not, the run says so.

What these tests hold is held without them too, by papers that were written for the tests.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

FOUNDING_PAPERS = Path(__file__).parents[2].parent / "shared"
LEFT_OUT = pytest.StashKey[int]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not (FOUNDING_PAPERS / "seeds").is_dir():
        left_out = [item for item in items if item.get_closest_marker("founding")]
        items[:] = [item for item in items if not item.get_closest_marker("founding")]
        config.stash[LEFT_OUT] = len(left_out)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["founding_left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every process of a run has collected the same tests."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("founding_left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if left_out := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"not run: {left_out} tests on the founding papers, because there is no {FOUNDING_PAPERS / 'seeds'}"
        )
