"""Showing: what the services say of alliances and members, in the words and the order in which a page has it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from contracts.countries import country
from contracts.names import one_line
from contracts.regions import province_of, region
from gateway.directory.asked import Asked, alliance_path
from gateway.directory.words import KINDS, LEVELS, STAGES, WORDS
from gateway.locale import Locale

Said = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """Something to follow: what it says, where it leads, and whether the reader is there already."""

    text: str
    to: str
    here: bool = False
    number: int | None = None


@dataclass(frozen=True)
class Group:
    """Things under a heading."""

    heading: str
    things: tuple[Any, ...]


def name_of(thing: Said, locale: Locale) -> str:
    return one_line(thing["name_en"] if locale == "en" and thing["name_en"] else thing["name_zh"])


def links(alliances: Iterable[Said], asked: Asked, locale: Locale) -> list[Link]:
    """The pages of alliances, in the language of this one."""
    language = asked.given.get("lang")
    return [Link(name_of(each, locale), Asked(alliance_path(each["id"]), {}).to(lang=language)) for each in alliances]


def facts(alliance: Said, locale: Locale) -> Iterator[tuple[str, str]]:
    """What is entered of an alliance, under labels."""
    words, english = WORDS[locale], locale == "en"
    yield words.kind, KINDS[alliance["kind"]][english]
    since = f" ({alliance['stage_since']})" if alliance["stage_since"] else ""
    yield words.stage, STAGES[alliance["stage"]][english] + since
    if alliance["level"]:
        yield words.level, LEVELS[alliance["level"]][english]
    if alliance["region"]:
        yield words.leads, place(alliance["region"], locale)
    if alliance["regions"]:
        yield words.regions, (", " if english else "、").join(place(code, locale) for code in alliance["regions"])
    if alliance["industry"]:
        yield words.industry, one_line(alliance["industry"])
    if alliance["founded_on"]:
        yield words.founded, alliance["founded_on"]


def grouped(members: Iterable[Said], locale: Locale) -> list[Group]:
    """Members as they come, by class and province: groups of groups of members."""

    def class_of(member: Said) -> str:
        of_class = member["member_class"]
        return name_of(of_class, locale) if of_class else ""

    def province(member: Said) -> str:
        code = member["organization"]["region"]
        return place(province_of(code), locale) if code else WORDS[locale].overseas

    return [
        Group(heading, tuple(Group(under, tuple(each)) for under, each in groupby(within, province)))
        for heading, within in groupby(members, class_of)
    ]


def by_class(figures: Said, asked: Asked, locale: Locale) -> list[Link]:
    """How many members of each class there are, with the page of those alone; classes without one are left out."""
    chosen = asked.given.get("class")
    return [
        Link(name_of(each, locale), asked.to(**{"class": each["code"]}), each["code"] == chosen, each["members"])
        for each in figures["by_class"]
        if each["members"]
    ]


def by_province(figures: Said, asked: Asked, locale: Locale) -> list[Link]:
    """The same by province; those overseas have a number and no page of their own."""
    chosen = asked.given.get("region")
    return [
        Link(place(each["region"], locale), asked.to(region=each["region"]), each["region"] == chosen, each["members"])
        if region(each["region"])
        else Link(WORDS[locale].overseas, "", number=each["members"])
        for each in figures["by_province"]
    ]


def notes(member: Said, locale: Locale) -> str:
    """Where a member is, more exactly than its province, and since when it is one."""
    joined = f"{WORDS[locale].joined} {member['joined_on']}" if member["joined_on"] else ""
    return " · ".join(filter(None, (_seat(member["organization"], locale), joined)))


def _seat(organization: Said, locale: Locale) -> str:
    abroad = country(organization["country"]) if organization["country"] else None
    if abroad:
        return abroad.name_en if locale == "en" else abroad.name_zh
    code = organization["region"]
    return place(code, locale) if code and code != province_of(code) else ""


def place(code: str, locale: Locale) -> str:
    found = region(code)
    return found.name(locale) if found else code
