"""What is said and refused about persons and their affiliations; one message carries their name, and loses it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar

from contracts.base import Message, Named, Refusal


@dataclass(frozen=True, kw_only=True)
class _Person:
    """What every message about a person says; `account` is the subject of their token, where it is known."""

    person_id: str
    account: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonRegistered(_Person, Message, type="alliances.person_registered"):
    """The hub keeps a record of a person from now on.

    `organization` is the one that they were registered for; empty where they did it themselves.
    """

    organization: Named | None = None


@dataclass(frozen=True, kw_only=True)
class PersonCorrected(_Person, Message, type="alliances.person_corrected"):
    """The name of a person, or their account, was corrected."""


@dataclass(frozen=True, kw_only=True)
class PersonsMerged(_Person, Message, type="alliances.persons_merged"):
    """Another record was of the same person; what is said of it is theirs from now on."""

    duplicate_id: str


@dataclass(frozen=True, kw_only=True)
class PersonsUnmerged(_Person, Message, type="alliances.persons_unmerged"):
    """The other record was not of the same person after all."""

    duplicate_id: str


@dataclass(frozen=True, kw_only=True)
class PersonErasureSet(_Person, Message, type="alliances.person_erasure_set"):
    """What is on record of a person is erased at a moment; until then it is needed.

    `erase_at` is empty where it is not to be erased after all.
    """

    erase_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PersonErased(_Person, Message, type="alliances.person_erased"):
    """Nothing but its id is left of the record of a person; these were all their `accounts`, and the ids of their records."""

    accounts: list[str] = field(default_factory=list)
    record_ids: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class PersonCalled(_Person, Message, type="alliances.person_called"):
    """What a record says a person is called, whole, for who writes to people; empty names once it was erased.

    `merged_into` is the record of the same person whose name counts instead.
    """

    private: ClassVar = ("name_zh", "name_en")

    name_zh: str
    name_en: str
    merged_into: str | None = None


@dataclass(frozen=True, kw_only=True)
class _Affiliation(_Person):
    """What every message about an affiliation says; `until` is its last day, empty where none is known."""

    affiliation_id: str
    organization: Named
    since: date
    until: date | None = None
    main: bool


@dataclass(frozen=True, kw_only=True)
class PersonAffiliated(_Affiliation, Message, type="alliances.person_affiliated"):
    """A person works for an organisation since a day."""


@dataclass(frozen=True, kw_only=True)
class AffiliationChanged(_Affiliation, Message, type="alliances.affiliation_changed"):
    """An affiliation was corrected or has ended."""


class PersonKnown(Refusal):
    code = "PERSON_KNOWN"
    zh = "该账号已登记在另一人员名下；如系同一人，请由枢纽办公室合并。"
    en = "This account belongs to another record of a person; if it is the same one, ask the hub office to merge them."


class NameIsTheirs(Refusal):
    code = "NAME_IS_THEIRS"
    zh = "该姓名由本人填写，请由本人更正（updateMe）；确有需要的，请联系枢纽办公室。"
    en = "The person has given this name themselves; ask them to correct it (updateMe), or the hub office."


class AffiliationOverlaps(Refusal):
    code = "AFFILIATION_OVERLAPS"
    zh = "同一日只能有一个主要任职；自 {since} 起已有主要任职，请先更正。"
    en = "Nobody has two main affiliations on one day, and there is one since {since}; correct that first."


class TooManyAffiliations(Refusal):
    code = "TOO_MANY_AFFILIATIONS"
    zh = "该人员的任职记录已达上限（{most} 条），请更正已有记录。"
    en = "This person has {most} affiliations on record, which is the most; correct one of them instead."


class HasDuplicates(Refusal):
    code = "HAS_DUPLICATES"
    zh = "已有其他重复记录合并到该记录，请以该记录为保留记录。"
    en = "Other records were merged into this one; let this one be the record that stays."


class PersonHoldsRoles(Refusal):
    code = "PERSON_HOLDS_ROLES"
    zh = "该人员仍担任角色，请先撤销或移交。"
    en = "This person still holds a role; revoke it, or let them hand it over, first."
