"""Names: how a word of the hub is spelled in Python, on the wire and in the graph."""

from __future__ import annotations

from functools import cache


def camel(name: str) -> str:
    """`alliance_id` as the graph has it: allianceId."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


@cache
def snake(name: str) -> str:
    """`AdmitMember` or `admitMember`, a name of the graph, as Python and the wire have it: admit_member."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
