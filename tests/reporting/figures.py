"""Figures: what a run prints at its end: what tests measured, the time of each part beside its budget, the slowest forty.

Nothing is asserted on wall-clock time, for other people may have the machine; a part beyond its budget is there to be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

SLOWEST = 40
BUDGETS = {
    "alliances": 60,
    "blindness": 60,
    "browser": 80,
    "conformance": 40,
    "console": 40,
    "contracts": 10,
    "databases": 20,
    "day": 50,
    "deploy": 60,
    "family": 60,
    "faults": 180,
    "flows": 30,
    "gateway": 120,
    "growth": 30,
    "hostile": 120,
    "house": 60,
    "handbook": 10,
    "hub": 60,
    "kit": 120,
    "live": 120,
    "operating": 150,
    "procedures": 40,
    "reporting": 20,
    "rights": 40,
    "season": 60,
    "servers": 60,
    "services": 10,
    "services/alliances": 50,
    "services/events": 150,
    "services/mergers": 20,
    "services/notify": 40,
    "services/projects": 40,
}
"""Seconds of one process for each part on a quiet machine; two processes share them in `make test`."""


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = list(_reports(terminalreporter))
    for line in (*_measured(reports), *_parts(reports), *_slowest(reports)):
        terminalreporter.write_line(line)


def _reports(terminalreporter: pytest.TerminalReporter) -> Iterator[pytest.TestReport]:
    """Of preparing, running and clearing up, whichever process it was in."""
    for found in terminalreporter.stats.values():
        yield from (report for report in found if isinstance(report, pytest.TestReport))


def _measured(reports: list[pytest.TestReport]) -> Iterator[str]:
    """What tests recorded as `figures`."""
    for report in reports:
        if report.passed and report.when == "call":
            for name, value in report.user_properties:
                if name == "figures":
                    yield f"{report.nodeid.rpartition('::')[2]}: {value}"


def _parts(reports: list[pytest.TestReport]) -> Iterator[str]:
    tests, seconds = Counter[str](), Counter[str]()
    for report in reports:
        tests[part_of(report.nodeid)] += report.when == "call"
        seconds[part_of(report.nodeid)] += report.duration
    if len(tests) > 1:
        yield f"{'part':<22}{'tests':>7}{'seconds':>9}{'budget':>8}"
        for part in sorted(tests):
            budget = BUDGETS.get(part, 0)
            beyond = "  beyond its budget" if seconds[part] > budget else ""
            yield f"{part:<22}{tests[part]:>7}{seconds[part]:>9.0f}{budget:>8}{beyond}"
        yield f"{'all':<22}{tests.total():>7}{sum(seconds.values()):>9.0f}{sum(BUDGETS.values()):>8}"


def part_of(nodeid: str) -> str:
    """The folder that answers for a test: of a service, or below `tests`."""
    folders = nodeid.partition("::")[0].split("/")[1:-1]
    return "/".join(folders[:2] if folders[:1] == ["services"] else folders[:1])


def _slowest(reports: list[pytest.TestReport]) -> Iterator[str]:
    """Each with its preparing and clearing up; a module's own is its first and its last test's."""
    seconds = Counter[str]()
    for report in reports:
        seconds[report.nodeid] += report.duration
    if len(seconds) > SLOWEST:
        yield f"the slowest {SLOWEST} tests, in seconds:"
        for nodeid, each in seconds.most_common(SLOWEST):
            yield f"{each:8.1f}  {nodeid}"
