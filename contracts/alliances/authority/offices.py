"""What is said and refused about who works in the hub office, which decides on itself by two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from contracts.base import Message, Refusal
from contracts.choices import Choice


class OfficeChangeKind(Choice):
    """What is to become of somebody's part in the hub office."""

    APPOINT = "appoint", "They are to work in the hub office (任命)."
    REMOVE = "remove", "They are to leave it (免去)."


KIND_WORDS: Mapping[str, tuple[str, str]] = {
    OfficeChangeKind.APPOINT: ("任命", "appoint"),
    OfficeChangeKind.REMOVE: ("免去", "remove"),
}
"""The kinds in Chinese and in English."""


@dataclass(frozen=True, kw_only=True)
class _Change:
    """What every message about a change says; people are named by the subjects of their tokens."""

    office_change_id: str
    person: str
    kind: str
    proposed_by: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class OfficeChangeProposed(_Change, Message, type="alliances.office_change_proposed"):
    """One of the hub office has proposed it, and a second has to countersign."""


@dataclass(frozen=True, kw_only=True)
class OfficeChangeCountersigned(_Change, Message, type="alliances.office_change_countersigned"):
    """A second person has signed: the role is given or taken in the same transaction."""

    signed_by: str


@dataclass(frozen=True, kw_only=True)
class OfficeChangeWithdrawn(_Change, Message, type="alliances.office_change_withdrawn"):
    """It was taken back before a second person had signed."""


class OfficeChangePending(Refusal):
    code = "OFFICE_CHANGE_PENDING"
    zh = "此人的任免已提出，正等待复核。"
    en = "A change for this person waits for its countersignature already."
