"""Names: what a file may be called on every system, and how a header says it (RFC 6266, RFC 8187)."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal
from urllib.parse import quote

LONGEST = 200  # bytes in UTF-8; file systems take 255, and a browser may add a number
LONGEST_EXTENSION = 16
NAMELESS = "file"
_DIVIDING = re.compile(r'[\\/:*?"<>|＼／＂∕⁄]')
"""What divides paths or means something to a system, and what some systems fold into it."""
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ()+,.=@^_-]")


def one_line(text: str) -> str:
    """The text in one line, without anything unseen or anything that turns letters round."""
    seen = "".join(" " if _breaks(letter) else letter for letter in text if not _is_unseen(letter))
    return " ".join(seen.split())


def file_name(name: str) -> str:
    """The name without a path and without what some system would not take or would take for something else."""
    told = _DIVIDING.sub("_", one_line(unicodedata.normalize("NFC", name))).strip(" .")
    told = _shortened(told) or NAMELESS
    return f"_{told}" if _RESERVED.fullmatch(told) else told


def disposition(name: str, kind: Literal["attachment", "inline"] = "attachment") -> str:
    """The value of a Content-Disposition: the name in ASCII for old programs, and whole for all others."""
    whole = file_name(name)
    plain = _NOT_PLAIN.sub("_", whole)
    also = "" if plain == whole else f"; filename*=UTF-8''{quote(whole, safe='')}"
    return f'{kind}; filename="{plain}"{also}'


def _breaks(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Zl", "Zp"}


def _is_unseen(letter: str) -> bool:
    """Marks of direction, joiners, tags, surrogates; a letter that Unicode has got since is none."""
    return unicodedata.category(letter) in {"Cf", "Cs"}


def _shortened(name: str) -> str:
    """At most so many bytes, and with its extension."""
    if len(name.encode()) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    if not stem or len(extension) > LONGEST_EXTENSION:
        stem, dot, extension = name, "", ""
    end = f"{dot}{extension}"
    return stem.encode()[: LONGEST - len(end.encode())].decode(errors="ignore").rstrip(" .") + end
