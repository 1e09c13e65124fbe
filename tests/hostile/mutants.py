"""Mutants: what became of the lines that `make mutate` changed, by file, beside the share that must be noticed.

A mutant is noticed when a test fails, or does not come to its end in time.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

from mutmut.stats import status_by_exit_code  # type: ignore[import-not-found]

ROOT = Path(__file__).parents[2]
SHARE = 0.9
NOTICED = {"killed", "timeout", "segfault", "caught by type check"}
UNTRIED = {"not checked", "skipped"}


def main() -> None:
    """Print the table; ends with 1 where fewer are noticed."""
    counts = {file: Counter(_fate(code) for code in codes) for file, codes in sorted(_codes().items())}
    for file, fates in counts.items():
        print(
            f"{fates['noticed']:5} of {fates['noticed'] + fates['survived']:5} noticed, {fates['untried']:4} untried  {file}"
        )
    noticed, survived = (sum(fates[fate] for fates in counts.values()) for fate in ("noticed", "survived"))
    print(f"{noticed / max(1, noticed + survived):.1%} noticed; `.venv-attack/bin/mutmut results` names the others")
    sys.exit(noticed < SHARE * (noticed + survived))


def _codes() -> dict[str, list[int | None]]:
    found: dict[str, list[int | None]] = defaultdict(list)
    for meta in (ROOT / "mutants").rglob("*.py.meta"):
        file = str(meta.relative_to(ROOT / "mutants")).removesuffix(".meta")
        found[file] += json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"].values()
    return {file: codes for file, codes in found.items() if codes}


def _fate(code: int | None) -> str:
    status = status_by_exit_code[code]
    return "untried" if status in UNTRIED else "noticed" if status in NOTICED else "survived"


if __name__ == "__main__":
    main()
