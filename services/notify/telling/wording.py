"""Wording: the title and body of a notice in every language, read from the text beside the rules of a family.

Such a text has a part `# <rule>` for each rule, and in it a part `## <language>` for each language: the first line is the
title, the rest the body. The templates in it are given facts and can do nothing but place them. What a wording asks for
with `if` may be missing; without any other fact nothing is rendered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import StrictUndefined, Template, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import ImmutableSandboxedEnvironment

from contracts.base import LANGUAGES
from contracts.names import one_line
from services.notify.telling.facts import Lines

TITLE_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader is told: `title` is one line of at most 80 characters, `body` plain text in paragraphs.

    `subject` is what stands over an e-mail: the words of the title that we have written, and nothing of anybody else's.
    """

    title: str
    body: str
    subject: str


@dataclass(frozen=True, slots=True)
class Wording:
    """How one rule speaks. `names` are the facts that it speaks of, `asked` those of them that may be missing."""

    templates: Mapping[str, tuple[Template, Template]]
    subjects: Mapping[str, str]
    names: frozenset[str]
    asked: frozenset[str]

    def render(self, locale: str, facts: Mapping[str, str]) -> Said:
        """The wording in zh-CN or en, for any other locale in zh-CN.

        A fact becomes one line whatever it contains, so that it can add neither a paragraph nor an e-mail header; one that
        is meant as Lines has its lines in the body alone. Raises jinja2.UndefinedError where a fact is missing that the
        wording cannot do without.
        """
        title, body = self.templates[language(locale)]
        given = dict.fromkeys(self.asked, "") | {name: one_line(text) for name, text in facts.items()}
        lines = {name: _each_line(text) for name, text in facts.items() if isinstance(text, Lines)}
        return Said(
            title=_cut(title.render(given).strip()),
            body=single_gaps(body.render(given | lines).strip()),
            subject=self.subjects[language(locale)],
        )


@cache
def wordings(file: Path) -> Mapping[str, Wording]:
    """The wordings in a text, by rule; raises KeyError where one lacks a language."""
    return {
        rule: _wording(_parts(text, "## ")) for rule, text in _parts(file.read_text(encoding="utf-8"), "# ").items()
    }


def language(locale: str) -> str:
    return locale if locale in LANGUAGES else LANGUAGES[0]


def single_gaps(text: str) -> str:
    """The text with one blank line where a paragraph that was left out has widened the gap."""
    return re.sub(r"\n{3,}", "\n\n", text)


def _parts(text: str, mark: str) -> dict[str, str]:
    """What stands under each heading that begins with this mark."""
    found = re.split(rf"^{mark}(.+)\n", text, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


def _wording(texts: Mapping[str, str]) -> Wording:
    asked, names, templates, subjects = set[str](), set[str](), {}, {}
    for each in LANGUAGES:
        title, _, body = texts[each].partition("\n")
        parsed = _TEMPLATES.parse(texts[each])
        names |= find_undeclared_variables(parsed)
        asked |= {name.name for test in parsed.find_all(nodes.If) for name in _names(test.test)}
        templates[each] = (_TEMPLATES.from_string(title), _TEMPLATES.from_string(body))
        subjects[each] = _TEMPLATES.from_string(title).render(dict.fromkeys(names, "")).strip(" ：:")
    return Wording(templates, subjects, frozenset(names), frozenset(asked))


def _names(test: nodes.Node) -> list[nodes.Name]:
    return [test] if isinstance(test, nodes.Name) else list(test.find_all(nodes.Name))


def _each_line(text: str) -> str:
    return "\n".join(map(one_line, text.splitlines()))


def _cut(title: str) -> str:
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1] + "…"


_TEMPLATES = ImmutableSandboxedEnvironment(autoescape=False, undefined=StrictUndefined)
