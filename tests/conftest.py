"""What every test can use: private servers, databases that are copies, and a hub in processes of its own; what a run prints."""

from hypothesis import settings

settings.register_profile("house", deadline=None)  # a deadline would assert wall-clock time
settings.register_profile("thorough", deadline=None, max_examples=5_000)  # pytest --hypothesis-profile=thorough
settings.load_profile("house")

pytest_plugins = [
    "tests.servers.fixtures",
    "tests.databases.fixtures",
    "tests.running.fixtures",
    "tests.reporting.founding",
    "tests.reporting.figures",
]
