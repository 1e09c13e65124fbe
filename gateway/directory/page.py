"""Page: the directory as anybody sees it: the list of alliances, and one alliance with its members; without scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gateway.directory.asked import ALLIANCES, LANGUAGE, Asked
from gateway.directory.linked import embedded
from gateway.directory.showing import Said, by_class, by_province, facts, grouped, links, name_of, notes
from gateway.directory.words import KINDS, WORDS, Trouble
from gateway.locale import Locale
from gateway.pages import Pages

PAGES = Pages(Path(__file__).parent)
OTHER: dict[Locale, Locale] = {"zh-CN": "en", "en": "zh-CN"}


@dataclass(frozen=True)
class Found:
    """An alliance with a page of its members of a day, their figures, the alliances in it, and the one that it is in."""

    alliance: Said
    members: Said
    figures: Said
    parts: Sequence[Said]
    parent: Said | None


def alliances(found: Said, asked: Asked, locale: Locale) -> str:
    nodes = found["nodes"]
    kinds = [KINDS[each["kind"]][locale == "en"] for each in nodes]
    return _page(
        "alliances.html",
        asked,
        locale,
        title=WORDS[locale].alliances,
        found=list(zip(links(nodes, asked, locale), kinds, strict=True)),
        search=asked.given.get("search", ""),
        language=asked.given.get(LANGUAGE, ""),
        more=_more(found, asked),
    )


def alliance(found: Found, data: Said, asked: Asked, locale: Locale) -> str:
    entry, figures = found.alliance, found.figures
    english = locale == "en"
    return _page(
        "alliance.html",
        asked,
        locale,
        title=name_of(entry, locale),
        also=name_of(entry, OTHER[locale]),
        canonical=data["@id"],
        data=embedded(data),
        facts=list(facts(entry, locale)),
        website=entry["website"],
        about=(entry["text_en"] if english else entry["text_zh"]) or entry["text_zh"] or entry["text_en"],
        parent=next(iter(links([found.parent] if found.parent else [], asked, locale)), None),
        parts=links(found.parts, asked, locale),
        figures=figures,
        kept=[(name, value) for name, value in asked.given.items() if name not in ("on", "after")],
        by_class=by_class(figures, asked, locale),
        every_class=asked.to(**{"class": None}),
        by_province=by_province(figures, asked, locale),
        every_province=asked.to(region=None),
        members=grouped(found.members["nodes"], locale),
        more=_more(found.members, asked),
        first=asked.to() if "after" in asked.given else "",
        table="" if "on" in asked.given else f"/exports/members/{asked.path.rpartition('/')[2]}.csv",
        name_of=name_of,
        notes=notes,
    )


def trouble(what: Trouble, locale: Locale) -> str:
    words = WORDS[locale]
    return _page("trouble.html", None, locale, title=words.alliances, text=words.troubles[what])


def _page(template: str, asked: Asked | None, locale: Locale, **said: Any) -> str:
    language = asked.given.get(LANGUAGE) if asked else None
    home = Asked(ALLIANCES, {}).to(**{LANGUAGE: language})
    other = asked.to(**{LANGUAGE: OTHER[locale]}) if asked else ""
    return PAGES.page(template, lang=locale, words=WORDS[locale], home=home, other=other, **said)


def _more(found: Said, asked: Asked) -> str:
    """Where the list goes on, if it does."""
    after = found.get("end") or (found["cursors"][-1] if found["cursors"] else None)
    return asked.to(after=after) if found["has_next"] else ""
