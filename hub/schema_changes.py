"""Schema changes: what of the last release's schema a frontend would miss, and the reasons that are given for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from graphql import GraphQLSchema, build_schema, find_breaking_changes

from hub.command_line import ROOT

RELEASED = ROOT / "gateway" / "released.graphql"
REASONS = ROOT / "gateway" / "breaks.yaml"
EMPTIED = "{}\n"
_REMOVED = re.compile(r"(?:(?P<owner>\w+)\.)?(?P<name>\w+) was removed(?: from enum type (?P<enum>\w+))?\.")


@dataclass(frozen=True, slots=True)
class Changes:
    """`breaks` have neither a reason nor a deprecation that went before; `idle` are reasons for what breaks nothing."""

    breaks: list[str]
    idle: list[str]

    def lines(self) -> Iterator[str]:
        for each in self.breaks:
            yield f"不兼容，须在 gateway/breaks.yaml 写明理由 · breaks frontends, give its reason in gateway/breaks.yaml: {each}"
        for each in self.idle:
            yield f"理由已无所指，请删除 · nothing breaks so any longer, remove the reason: {each}"


def changes(released: str, current: str, reasons: dict[str, str]) -> Changes:
    """Compare two schemas in SDL; what was deprecated in the released one may go without more words."""
    before, now = build_schema(released), build_schema(current)
    found = [change.description for change in find_breaking_changes(before, now)]
    breaks = [each for each in found if not _was_deprecated(before, each)]
    return Changes([each for each in breaks if not reasons.get(each)], [each for each in reasons if each not in breaks])


def changes_since_release(current: str) -> Changes:
    """Of the schema of today against that of the last release."""
    reasons: dict[str, str] = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    return changes(RELEASED.read_text(encoding="utf-8"), current, reasons)


def release(current: str) -> None:
    """From now on this schema is that of the last release, and no break has a reason."""
    RELEASED.write_text(current, encoding="utf-8")
    comment = [line for line in REASONS.read_text(encoding="utf-8").splitlines(keepends=True) if line.startswith("#")]
    REASONS.write_text("".join(comment) + EMPTIED, encoding="utf-8")


def _was_deprecated(schema: GraphQLSchema, description: str) -> bool:
    """Whether what the sentence says is removed was on its way out: a field, or the value of an enum."""
    removed = _REMOVED.fullmatch(description)
    if removed is None:
        return False
    kind = schema.get_type(removed["owner"] or removed["enum"] or "")
    members = getattr(kind, "fields", None) or getattr(kind, "values", None) or {}
    return removed["name"] in members and members[removed["name"]].deprecation_reason is not None
