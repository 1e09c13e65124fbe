"""What every test can use: private servers, and a hub in processes of its own; and the figures that tests have measured."""

import pytest

pytest_plugins = ["tests.servers.fixtures", "tests.databases.fixtures", "tests.running.fixtures"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests recorded as `figures`, also those that ran in another process."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "figures":
                terminalreporter.write_line(f"{report.nodeid.rpartition('::')[2]}: {value}")
