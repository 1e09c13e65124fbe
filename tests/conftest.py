"""What every test can use: private servers, databases that are copies, and a hub in processes of its own; what a run prints."""

from hypothesis import HealthCheck, settings

# The house's run judges a change: it tries the same examples for everybody, so that nobody's change fails for what another
# left behind. `pytest --hypothesis-profile=thorough` goes looking for what no run has met. A deadline would assert
# wall-clock time, and so would the check that examples are made fast.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", deadline=None, max_examples=5_000)
settings.load_profile("house")

pytest_plugins = [
    "tests.servers.fixtures",
    "tests.databases.fixtures",
    "tests.running.fixtures",
    "tests.reporting.founding",
    "tests.reporting.figures",
]
