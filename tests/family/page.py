"""Page: docs/adding-a-family.md read as what it is, files and edits and commands, and carried out in a copy of the tree."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = tuple(ROOT / "docs" / name for name in ("adding-a-family.md", "adding-a-family.zh-CN.md"))
_FILE = re.compile(r"^`([\w./-]+)`\n\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
"""It is no module that runs; the script of its name would look for the packages beside itself."""
PARTS = {
    "contract": r"contracts/(?!.*_forms)",
    "form": r"contracts/.*_forms\.py",
    "service": r"services/(?!notify/).*\.py|pyproject\.toml|hub/",
    "graph": r"gateway/",
    "notice": r"services/notify/",
    "tests": r"tests/",
    "docs": r".*\.md",
}
"""What each part of the work is in, in the order in which it is printed."""


@dataclass(frozen=True)
class Step:
    """One block of the page under the path of its file: the whole of a new file, or a diff of one that is there."""

    path: str
    language: str
    text: str

    @property
    def is_edit(self) -> bool:
        return self.language == "diff"

    @property
    def lines(self) -> int:
        """How many lines somebody types."""
        lines = self.text.splitlines()
        return sum(line.startswith("+") for line in lines) if self.is_edit else len(lines)

    @property
    def part(self) -> str:
        return next(part for part, pattern in PARTS.items() if re.match(pattern, self.path))

    def carry_out(self, tree: Path) -> None:
        file = tree / self.path
        if self.is_edit:
            assert self.lines, self.path
            file.write_text(edited(file.read_text(encoding="utf-8"), self.text, self.path), encoding="utf-8")
        else:
            assert not file.exists(), f"{self.path} is there already"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, encoding="utf-8")


def steps(page: Path) -> list[Step]:
    return [Step(*found) for found in _FILE.findall(page.read_text(encoding="utf-8"))]


def commands(page: Path) -> list[str]:
    """The lines of the page's shell blocks, without what is said behind `#`."""
    blocks = _COMMANDS.findall(page.read_text(encoding="utf-8"))
    return [line.partition("  #")[0].strip() for block in blocks for line in block.splitlines()]


def edited(text: str, diff: str, path: str) -> str:
    """The text with each hunk of a diff in it; a hunk finds its place by its lines, which stand in the text once."""
    for hunk in diff.split("@@\n"):
        lines = hunk.splitlines()
        before = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("+"))
        after = "".join(f"{line[1:]}\n" for line in lines if not line.startswith("-"))
        assert before and f"\n{text}".count(f"\n{before}") == 1, f"{path} has this place not once:\n{before}"
        text = f"\n{text}".replace(f"\n{before}", f"\n{after}")[1:]
    return text


def copied(to: Path) -> Path:
    """A copy of what git tracks, as it lies here."""
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, tracked.split("\0")):
        if (ROOT / name).exists():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    return to


def run(tree: Path, line: str) -> str:
    """What a command of the page prints, with the tools of this environment on the source of the tree."""
    words = shlex.split(line)
    environ = dict(word.split("=", 1) for word in words if re.fullmatch(r"[A-Z]+=.*", word))
    program, *arguments = words[len(environ) :]
    name = Path(program).name
    tool = ["-c", LINT_IMPORTS] if name == "lint-imports" else ["-m", name]
    done = subprocess.run(
        [sys.executable, *tool, *arguments],
        cwd=tree,
        env={"PATH": os.environ["PATH"], "HUB_HOME": str(tree / ".hub"), **environ},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{line}\n{done.stdout[-6000:]}{done.stderr[-3000:]}"
    return done.stdout


def figures(taken: list[Step]) -> str:
    """How much of what somebody types, part by part."""
    lines = Counter[str]()
    for step in taken:
        lines[step.part] += step.lines
    new = sum(not step.is_edit for step in taken)
    by_part = ", ".join(f"{part} {lines[part]}" for part in PARTS)
    return f"{new} new files and {len(taken) - new} edited ones, {lines.total()} lines: {by_part}"
