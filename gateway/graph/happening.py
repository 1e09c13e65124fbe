"""Happening: every message of the hub as the graph calls it, with what it says and, in both languages, what was done.

What was done is said in deeds.yaml, once for each message; of the change of an entry, once for each kind of change.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from contracts.base import LANGUAGES, MessageClass
from contracts.inventory import messages
from contracts.once import all_once

OTHER = "other"


def name_of_message(type_: str) -> str:
    """A message is called as on the wire, without its service."""
    return type_.rpartition(".")[2]


def _meanings() -> dict[str, str]:
    """What each message says, by its name; raises SaidTwice where two are called so."""
    all_once((name_of_message(message.type), message.type) for message in messages())
    return {name_of_message(message.type): _what_happened(message) for message in messages()}


def _what_happened(message: MessageClass) -> str:
    """The first sentence about a message; the rest is about its fields."""
    return re.split(r"[;.]\s", f"{message.__doc__} ")[0] + "."


MEANINGS = {**_meanings(), OTHER: "Something of which this gateway does not know yet."}
DEEDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("deeds.yaml").read_text(encoding="utf-8"))
"""What was done: [Chinese, English], by the type of the message; by the kind of change where it says one."""


def deed(type_: str, what: str | None, locale: str) -> str:
    """What was done, in a few words of this language; in general ones where a newer service sent what is unknown here."""
    found = DEEDS.get(type_, DEEDS[OTHER])
    words = found.get(what, DEEDS[OTHER]) if isinstance(found, dict) else found
    return str(words[locale == LANGUAGES[1]])
