"""Executor page: a page of 100 organisations with 11 fields each, as the service of alliances sends it, and its document.

It needs nothing of the hub, so that other servers of GraphQL can be asked for the same page by the same document.
"""

from __future__ import annotations

from typing import Any

NUMBER = 100
DOCUMENT = """
query Organisations($first: Int!) {
  organizations(first: $first) {
    nodes { id name nameZh nameEn kind creditCode aliases createdAt region { code name } }
  }
}
"""
"""11 fields each: `id` and `name` are made by the server, `kind` is an enum, `region` is looked up by its code."""
VARIABLES = {"first": NUMBER}
KINDS = {
    "university": "UNIVERSITY",
    "vocational_college": "VOCATIONAL_COLLEGE",
    "secondary_school": "SECONDARY_SCHOOL",
    "enterprise": "ENTERPRISE",
}
"""The enum: how each value is called in the graph."""
REGIONS = {"310000": "上海市", "320100": "南京市", "330100": "杭州市", "340000": "安徽省", "340100": "合肥市"}
"""The regions that the page needs, with the name that a Chinese caller is shown."""


def page() -> dict[str, Any]:
    """What the service answers: plain data, with `name_zh` and `name_en` for `name`, and the region's code."""
    return {"nodes": [_organization(number) for number in range(NUMBER)], "cursors": _cursors(), "has_next": True}


def _cursors() -> list[str]:
    return [f"cursor-{number}" for number in range(NUMBER)]


def _organization(number: int) -> dict[str, Any]:
    kinds, regions = list(KINDS), list(REGIONS)
    return {
        "id": f"0192f0c1-7a5b-7000-8000-{number:012d}",
        "kind": kinds[number % len(kinds)],
        "region": regions[number % len(regions)],
        "name_zh": f"长三角第{number}大学",
        "name_en": f"Delta University {number}",
        "credit_code": f"12310000{number:010d}" if number % 2 else None,
        "aliases": [f"第{number}大学", f"大学{number}"],
        "created_at": "2026-03-02T08:00:00.000000+00:00",
    }
