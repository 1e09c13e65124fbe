"""The `hub` command: makes a service process cooperative before anything else is imported, then hands over to the CLI."""

import sys

from kit.process import collecting

COMMAND = sys.argv[1:2]

if COMMAND in (["serve"], ["gateway"], ["run"]):
    collecting.rest()  # until they serve
if COMMAND == ["serve"]:
    import kit.process.green
else:
    import kit.telemetry.quiet  # noqa: F401 - nothing is patched here, so eventlet's advice against itself does not apply

from hub.cli import cli  # noqa: E402 - what it imports is imported after that


def main() -> None:
    """Run the command line."""
    cli(prog_name="hub")


if __name__ == "__main__":
    main()
