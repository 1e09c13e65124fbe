"""docs/operations.md, and the Chinese page beside it, list every setting with its default, unit and meaning, as they are read."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.settings import PARTS
from kit.settings import SERVICES
from tests.house.sources import ROOT, name, sources, tree

ROW = re.compile(r"^\| `(HUB_\w+)` \| (.+?) \| (.+?) \| (.+?) \|$", flags=re.MULTILINE)
PAGES = {"operations.md": "empty", "operations.zh-CN.md": "空"}
"""How each page calls a default that is nothing."""
HEADING = re.compile(r"^(##+) ", flags=re.MULTILINE)
KINDS = {"str", "int", "float", "bool", "path", "list", "dict"}


@pytest.mark.parametrize("page", PAGES)
def test_the_page_lists_every_setting_once_and_no_other(page: str) -> None:
    read = [name for name, _ in settings()]

    assert sorted(rows(page)) == sorted(read)
    assert len(ROW.findall(text(page))) == len(read)


@pytest.mark.parametrize("page", PAGES)
def test_the_page_gives_the_defaults_of_the_code(page: str) -> None:
    read = {name: default or PAGES[page] for name, default in settings() if default is not None}

    shown = {name: rows(page)[name] for name in read}

    assert shown == read


def test_both_pages_have_the_settings_in_one_order_and_the_same_sections() -> None:
    english, chinese = PAGES

    assert list(rows(chinese)) == list(rows(english))
    assert [len(each) for each in HEADING.findall(text(chinese))] == [
        len(each) for each in HEADING.findall(text(english))
    ]


def test_every_file_of_settings_is_read() -> None:
    theirs = {name(path) for path in sources() if path.name == "settings.py"}

    assert theirs == {"hub/settings.py", "kit/settings.py", *(name(Path(inspect.getfile(part))) for part in PARTS)}


def text(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def rows(page: str) -> dict[str, str]:
    """The default of each setting, as the page's table shows it."""
    return {name: default.strip("`") for name, default, _, _ in ROW.findall(text(page))}


def settings() -> Iterator[tuple[str, str | None]]:
    """Each variable that is read, with its default; None where that is worked out and not written there."""
    readers = {ROOT / "kit" / "settings.py", *(Path(inspect.getfile(part)) for part in PARTS)}
    for node in (node for reader in readers for node in ast.walk(tree(reader))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in KINDS
            and node.args
        ):
            variable, default = node.args
            if isinstance(variable, ast.Constant):
                yield f"HUB_{variable.value}", _written(default)
            else:
                yield from ((f"HUB_DATABASE_{service.upper()}", None) for service in SERVICES)


def _written(default: ast.expr) -> str:
    """A default as a person writes it: `Path('.hub')` is .hub."""
    value = ast.literal_eval(default.args[0] if isinstance(default, ast.Call) else default)
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value in ("", None, [], {}) else str(value)
