"""Rules: what a charter says of classes, terms, members, invitations, delegates and papers, each a section with its form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import marshmallow

from contracts.alliances.registry.relations import RelationKind
from contracts.forms import Input, choice, flag, listing, nested, text, verbatim, whole
from contracts.refusals import GivenTwice, Invalid, NotOneOf, OutOfRange
from kit.documents.rulebook import Section
from procedures.terms.ladder import Ladder
from procedures.uploads.rules import FileRules, FilesForm, extensions

CODE = r"[a-z][a-z0-9_]{0,29}\Z"


@dataclass(frozen=True, kw_only=True)
class MemberClass:
    """A class of members (成员类别): `most` of them at once, None for any number; each has so many `votes`."""

    code: str
    name_zh: str
    name_en: str
    most: int | None
    votes: int


@dataclass(frozen=True)
class ClassRules:
    """The section `classes`: every class by its code, the highest first, and the one that a new member has."""

    admitted_as: str
    by_code: dict[str, MemberClass]


class MemberClassForm(Input):
    """A class of members."""

    code = verbatim(max=30, pattern=CODE)
    name_zh = text(max=30)
    name_en = text(max=60)
    most = whole(min=1, max=100_000, required=False)
    votes = whole(min=0, max=1_000)


class ClassesForm(Section[ClassRules]):
    name = "classes"

    admitted_as = verbatim(max=30, pattern=CODE)
    list = listing(nested(MemberClassForm), min=1, max=30)

    @marshmallow.validates_schema
    def _sound(self, said: dict[str, Any], **_: Any) -> None:
        codes = [each["code"] for each in said["list"]]
        if twice := sorted(code for code in set(codes) if codes.count(code) > 1):
            raise marshmallow.ValidationError(f"{GivenTwice.code} value={twice[0]}", "list")
        admitted = next((each for each in said["list"] if each["code"] == said["admitted_as"]), None)
        if admitted is None:
            raise marshmallow.ValidationError(f"{NotOneOf.code} choices={', '.join(codes)}", "admitted_as")
        if admitted.get("most") is not None:  # a new member has a class whatever others have
            raise marshmallow.ValidationError(Invalid.code, "admitted_as")

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> ClassRules:
        classes = [MemberClass(**{"most": None, **each}) for each in said["list"]]
        return ClassRules(said["admitted_as"], {each.code: each for each in classes})


@dataclass(frozen=True)
class TermRules:
    """The section `terms`: for how many years a membership is given, None without end, and what follows its end."""

    years: int | None
    at_year_end: bool
    ladder: Ladder


class TermsForm(Section[TermRules]):
    name = "terms"

    years = whole(min=1, max=50, required=False)
    at_year_end = flag()
    ladder = listing(whole(min=1, max=730), max=10)
    grace_days = whole(min=0, max=730)
    lapses = flag()

    @marshmallow.validates_schema
    def _sound(self, said: dict[str, Any], **_: Any) -> None:
        if twice := sorted(days for days in set(said["ladder"]) if said["ladder"].count(days) > 1):
            raise marshmallow.ValidationError(f"{GivenTwice.code} value={twice[0]}", "ladder")

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> TermRules:
        ladder = Ladder(tuple(sorted(said["ladder"], reverse=True)), said["grace_days"], lapses=said["lapses"])
        return TermRules(said.get("years"), said["at_year_end"], ladder)


@dataclass(frozen=True)
class MemberRules:
    """The section `members`: how many the alliance has at most, None for any number, and whether each is one of its parent."""

    cap: int | None
    parent_required: bool


class MembersForm(Section[MemberRules]):
    name = "members"

    cap = whole(min=1, max=100_000, required=False)
    parent_required = flag(required=False)

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> MemberRules:
        return MemberRules(said.get("cap"), bool(said.get("parent_required")))


@dataclass(frozen=True)
class InvitationRules:
    """The section `invitations`: after how many days one that nobody answered lapses, None for never."""

    days: int | None


class InvitationsForm(Section[InvitationRules]):
    name = "invitations"

    days = whole(min=1, max=730, required=False)

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> InvitationRules:
        return InvitationRules(said.get("days"))


@dataclass(frozen=True)
class InheritRules:
    """The section `inherit`: by which relations to a member, at most how many each, and whether through sub-alliances."""

    relations: frozenset[str]
    most: int | None
    sub_alliances: bool


class InheritForm(Section[InheritRules]):
    name = "inherit"

    relations = listing(choice(RelationKind), max=len(RelationKind))
    most = whole(min=1, max=1_000, required=False)
    sub_alliances = flag()

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> InheritRules:
        return InheritRules(frozenset(said["relations"]), said.get("most"), said["sub_alliances"])


@dataclass(frozen=True)
class DelegateRules:
    """The section `delegates`: whether those who vote for a member, or stand in, have to work for it."""

    affiliated: bool


class DelegatesForm(Section[DelegateRules]):
    name = "delegates"

    affiliated = flag()

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> DelegateRules:
        return DelegateRules(said["affiliated"])


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A paper that belongs to an application; without one that is `required` no application is taken."""

    code: str
    name_zh: str
    name_en: str
    required: bool


@dataclass(frozen=True, kw_only=True)
class PaperRules(FileRules):
    """The section `papers`: the kinds by their codes, and how many papers an application has at `most`.

    What is deleted `erase_days` after the decision are its papers; those of which none came, after `draft_days`.
    """

    kinds: dict[str, PaperKind]
    most: int
    draft_days: int


class PaperKindForm(Input):
    """A paper that the charter knows."""

    code = verbatim(max=30, pattern=CODE)
    name_zh = text(max=30)
    name_en = text(max=60)
    required = flag()


class PapersForm(FilesForm[PaperRules]):
    name = "papers"

    list = listing(nested(PaperKindForm), max=30)
    most = whole(min=1, max=30)
    draft_days = whole(min=1, max=730)

    @marshmallow.validates_schema
    def _sound(self, said: dict[str, Any], **_: Any) -> None:
        codes = [each["code"] for each in said["list"]]
        if twice := sorted(code for code in set(codes) if codes.count(code) > 1):
            raise marshmallow.ValidationError(f"{GivenTwice.code} value={twice[0]}", "list")
        if len(codes) > said["most"]:
            raise marshmallow.ValidationError(f"{OutOfRange.code} min={len(codes)}&max=30", "most")

    @marshmallow.post_load
    def rules(self, said: dict[str, Any], **_: Any) -> PaperRules:
        kinds = {each["code"]: PaperKind(**each) for each in said.pop("list")}
        return PaperRules(**{**said, "media_types": extensions(said), "kinds": kinds})


SECTIONS = (ClassesForm, TermsForm, MembersForm, InvitationsForm, DelegatesForm, InheritForm, PapersForm)
