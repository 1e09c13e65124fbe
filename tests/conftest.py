"""What every test can use: private servers, databases that are copies, and a hub in processes of its own; what a run prints."""

pytest_plugins = [
    "tests.servers.fixtures",
    "tests.databases.fixtures",
    "tests.running.fixtures",
    "tests.reporting.founding",
    "tests.reporting.figures",
]
