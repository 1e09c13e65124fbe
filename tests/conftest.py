"""What every test can use: private servers, and a hub that runs in processes of its own."""

pytest_plugins = ["tests.servers.fixtures", "tests.running.fixtures"]
