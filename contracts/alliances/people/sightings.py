"""What is said and refused about sightings: that somebody has read what is held of a person."""

from __future__ import annotations

from dataclasses import dataclass, field

from contracts.base import Message, Refusal
from contracts.choices import Choice


class SightingKind(Choice):
    """What was read."""

    EXPORT = "export", "All that the hub holds of a person (全部个人信息)."
    OFFICE_CONTACTS = "office_contacts", "How the positions of an organisation are reached (岗位联系方式)."
    ENTRY_DATA = "entry_data", "All that is held about an entry and its people (报名的全部信息)."
    ENTRY_PEOPLE = "entry_people", "The people of an entry, or of many of a competition in a list (报名人员)."
    ENTRY_TABLES = "entry_tables", "A table of a competition with the names of its contestants (含姓名的导出表格)."


@dataclass(frozen=True, kw_only=True)
class PersonSeen(Message, type="alliances.person_seen"):
    """Somebody has had what is held of a person; the person may know who it was, and why."""

    sighting_id: str
    person_id: str
    account: str | None = None
    seen_by: str
    what: str
    purpose: str
    accounts: list[str] = field(default_factory=list)
    """All accounts of the person: those of the records that were merged with theirs are told too."""


class PurposeRequired(Refusal):
    code = "PURPOSE_REQUIRED"
    zh = "请说明查阅目的：本人将看到何人因何查阅了其个人信息。"
    en = "Say why: the person is shown who has read what is held of them, and for what purpose."
