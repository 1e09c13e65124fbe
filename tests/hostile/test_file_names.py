"""No name of a file breaks out of its header, leads into a folder, hides its end or is one that a system takes for a device."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.files.names import LONGEST, disposition, file_name
from tests.gateway.on_events import global_id
from tests.gateway.works.sending import works_gateway
from tests.house.sources import name as path_of
from tests.house.sources import sources

HEADER = re.compile(
    r"""(attachment|inline); filename="([A-Za-z0-9 ()+,.=@^_-]+)"(?:; filename\*=UTF-8''([\w.~%-]+))?"""
)
COMPETITION = global_id("Competition", "00000000-0000-4000-8000-000000000000")
IN_ENGLISH = {"accept-language": "en"}
NAMES = {
    'a"; filename="evil.exe': "a_; filename=_evil.exe",
    "a\r\nset-cookie: x=1\r\n\r\n.pdf": "a set-cookie_ x=1 .pdf",
    "fdp.\u202egpj.exe": "fdp.gpj.exe",
    "\u2066a\u200b\ufeffb\u2069.pdf": "ab.pdf",
    "a\u2028b\x00\x85.pdf": "a b .pdf",
    "../../etc/passwd": "_.._etc_passwd",
    "..\\..\\boot.ini": "_.._boot.ini",
    "C:\\a.pdf": "C__a.pdf",
    "a／b＼c＂.pdf": "a_b_c_.pdf",
    "CON": "_CON",
    "nul.tar.gz": "_nul.tar.gz",
    "lpt¹.pdf": "_lpt¹.pdf",
    ".htaccess": "htaccess",
    "a.pdf. . ": "a.pdf",
    "...": "file",
    "": "file",
    "\u200b": "file",
    "\ud800.pdf": "pdf",
    "%41.pdf": "%41.pdf",
    "报告 (1).pdf": "报告 (1).pdf",
    "é.pdf": "é.pdf",
    "教" * 200 + ".pdf": "教" * 65 + ".pdf",
    "x" * 500: "x" * 200,
}


def told(header: str) -> str:
    """The name that a browser takes out of the header, which is well formed."""
    found = HEADER.fullmatch(header)
    assert found, header
    return unquote(found[3], errors="strict") if found[3] else found[2]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_name_becomes_one_that_every_system_takes(name: str) -> None:
    assert told(disposition(name)) == file_name(name) == NAMES[name]


@given(st.text(max_size=400))
def test_any_name_becomes_one_that_every_system_takes_and_stays_so(name: str) -> None:
    found = told(disposition(name))

    assert found == file_name(name) == file_name(found)
    assert 0 < len(found.encode()) <= LONGEST
    assert not {unicodedata.category(letter) for letter in found} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not set(found) & set('\\/:*?"<>|') and found == found.strip(" .")


async def test_works_are_given_out_under_such_names(home: Path) -> None:
    async with works_gateway() as gateway:
        for name, safe in NAMES.items():
            gateway.holds(b"content", name=name)

            answer = await gateway.get(gateway.file_ticket())

            assert told(answer.headers["content-disposition"]) == safe


@pytest.mark.parametrize("form", ["csv", "xlsx"])
async def test_exports_are_given_out_under_such_names(home: Path, form: str) -> None:
    async with works_gateway() as gateway:
        for name in NAMES:
            gateway.events.file = {"name": {"zh": name, "en": name}, "columns": [], "rows": [], "after": None}

            answer = await gateway.client.get(f"/exports/entries/{COMPETITION}.{form}", headers=IN_ENGLISH)

            assert told(answer.headers["content-disposition"]) == file_name(f"{name} Entries.{form}")


def test_every_header_that_names_a_file_is_made_in_one_place() -> None:
    naming = [path for path in sources() if re.search(r"filename\*?=", path.read_text(encoding="utf-8"))]
    heading = [path for path in sources() if re.search(r'"content-disposition":', path.read_text(encoding="utf-8"))]

    assert [path_of(path) for path in naming] == ["kit/files/names.py"]
    assert len(heading) == 5
    assert [path_of(path) for path in heading if '"content-disposition": disposition(' not in path.read_text()] == []
