"""Whatever bytes a stranger sends, a parser takes them or refuses them with an error of its own, and never another.

`make attack` tries the same parsers for longer, led by what they cover.
"""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.parsers import PARSERS, Parser

STRANGE = (
    b"",
    b"\x00",
    b"[" * 5_000,
    b"\xff\xfe\x00\xd8",
    b'{"a":' * 200,
    b"9" * 400,
    b'{"a": 1e999}',
    b"\xe2\x80\xae\xed\xa0\x80",
)


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_what_the_hub_itself_writes_is_taken(parser: Parser) -> None:
    assert [seed for seed in parser.seeds if not parser.tried(seed)] == []


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_strange_bytes_are_taken_or_refused(parser: Parser) -> None:
    for data in STRANGE:
        parser.tried(data)


@pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
def test_good_bytes_gone_bad_are_taken_or_refused(parser: Parser) -> None:
    chance = random.Random(10)
    for _ in range(60):
        parser.tried(gone_bad(chance.choice(parser.seeds), chance))


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=25)
@given(data=st.binary(max_size=200) | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_taken_or_refused(name: str, data: bytes) -> None:
    PARSERS[name].tried(data)


def gone_bad(data: bytes, chance: random.Random) -> bytes:
    """The same with a few bytes changed, cut out, or said twice."""
    bad = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(bad) + 1)
        what = chance.choice(["change", "cut", "double", "insert"])
        if what == "change" and place < len(bad):
            bad[place] = chance.randrange(256)
        elif what == "cut":
            del bad[place : place + chance.randint(1, 9)]
        elif what == "double":
            bad[place:place] = bad[place : place + chance.randint(1, 20)]
        else:
            bad[place:place] = chance.choice(STRANGE)[:40]
    return bytes(bad)
