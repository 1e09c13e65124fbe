"""Asking: documents that the whole schema allows, with arguments of every shape, and what an answer must never say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import StringValueNode, ValueNode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import from_schema, nodes

from gateway.schema import graphql_schema

FAULTS = {"INTERNAL", "UNAVAILABLE", "TIMEOUT"}


def _text(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[StringValueNode]:
    return strategy.map(nodes.String)


SCALARS: Mapping[str, st.SearchStrategy[ValueNode]] = {
    "Date": _text(st.dates().map(str) | st.sampled_from(["0001-01-01", "9999-12-31", "2026-02-30", ""])),
    "DateTime": _text(
        st.datetimes().map(lambda at: f"{at.isoformat()}Z") | st.sampled_from(["9999-12-31T23:59:59+14:00", "x"])
    ),
    "Points": _text(st.decimals(allow_nan=True).map(str) | st.sampled_from(["1e999", "-0"])),
    "Document": st.just(nodes.Object([])) | st.integers().map(nodes.Int),
}


def documents(most: int) -> list[str]:
    """So many operations that pass validation, other ones each time."""
    made: list[str] = []

    @settings(max_examples=most, suppress_health_check=list(HealthCheck), phases=[Phase.generate], database=None)
    @given(document=from_schema(graphql_schema(), custom_scalars=SCALARS))
    def collect(document: str) -> None:
        made.append(document)

    collect()
    return made


def faults(body: Mapping[str, Any]) -> list[Any]:
    """The errors of a response that are nobody's doing but the hub's."""
    return [each for each in body.get("errors") or () if each.get("extensions", {}).get("code") in FAULTS]
