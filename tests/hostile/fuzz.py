"""Fuzz: tries one parser for some seconds with inputs that grow by what they cover (atheris, libFuzzer).

    python -m tests.hostile.fuzz PARSER SECONDS

Ends with 0 if nothing was found; else the input stands in a file whose name is printed, and what was raised with it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["contracts", "gateway", "kit", "services", "orjson", "jwt", "sqlakeyset"]):
    from tests.hostile.parsers import PARSERS

LONGEST = 4_096  # bytes of one input


def main(name: str, seconds: int) -> None:
    """Fuzz until the time is over; libFuzzer ends the process itself."""
    parser = PARSERS[name]
    with tempfile.TemporaryDirectory(prefix=f"fuzz-{name}-") as folder:
        for number, seed in enumerate(parser.seeds):
            Path(folder, str(number)).write_bytes(seed)
        bounds = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=10", "-rss_limit_mb=2000"]
        atheris.Setup([sys.argv[0], *bounds, folder], parser.tried)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
